# What `amble`, `test` and the configure step share. Sourced with $root and $command set; needs bash and coreutils only.

# The SDK starts on a machine without ICU, says nothing of its own, and finds global.json only from inside the tree.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
out=$root/out

say() { printf '%s\n' "$*" >&2; }

# One sentence and exit 2: wrong usage, or something that is missing on this machine.
fail() { say "$command: $*"; exit 2; }

need_dotnet() {
  command -v dotnet >/dev/null || fail "the .NET 10 SDK is needed, and there is no 'dotnet' in the PATH."
  mkdir -p "$out" 2>/dev/null && [ -w "$out" ] || fail "the directory $out cannot be written; Amble builds itself into it."
}

# Only one build at a time; a second command waits for the first.
lock() {
  exec 9>"$out/lock"
  if command -v flock >/dev/null; then flock 9; fi
}
unlock() { exec 9>&-; }

# Runs a dotnet command in the tree; its output is shown only when it fails.
quietly() {
  local log=$out/$1.log; shift
  if ! (cd "$root" && dotnet "$@") >"$log" 2>&1 9>&- </dev/null; then
    if grep -q ' error ' "$log"; then grep ' error ' "$log" | sort -u | head -n 40 >&2; else tail -n 40 "$log" >&2; fi
    say "$command: the build failed; all of its output is in $log"
    return 1
  fi
}

# True when a source, a project file or the parts file is newer than the stamp, or one was taken away (its directory is newer).
changed_since() {
  [ ! -e "$1" ] || [ -n "$(find "$root"/src "$root"/Directory.*.* "$root"/global.json "$root"/.editorconfig "$root"/BannedSymbols*.txt \
    "$root"/parts.props "$root"/build "${@:2}" -newer "$1" -print -quit)" ]
}
