#!/usr/bin/env bash
# The configure step: tries each optional part, prints a table, writes parts.props. While nothing has changed it only reads its stamp.
# Usage: build/configure.sh [--require PART[,PART...]]
set -uo pipefail
command=configure
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
. "$root/build/steps.sh"

stamp=$root/parts.stamp
parts='cluster palette skia pango sqlite-newest'
required=''
while [ $# -gt 0 ]; do
  case $1 in
    --require) [ $# -gt 1 ] || fail "--require needs the names of parts; allowed are: ${parts// /, }."
               required=${2//,/ }; shift 2 ;;
    *) fail "'$1' is not known here; allowed is --require PART[,PART...]." ;;
  esac
done
for part in $required; do
  case " $parts " in *" $part "*) ;; *) fail "there is no part '$part'; allowed are: ${parts// /, }." ;; esac
done

# state and reason of a part, as the stamp remembers them
state_of() { sed -n "s/^$1|\([^|]*\)|.*/\1/p" "$stamp"; }
reason_of() { sed -n "s/^$1|[^|]*|//p" "$stamp"; }

# What the answers depend on: this script, the pinned versions, the package sources, and the SDKs and libraries that are installed.
key() {
  local dotnet; dotnet=$(readlink -f "$(command -v dotnet)")
  { cat "$root"/build/*.sh "$root/Directory.Packages.props" "$root/Directory.Build.props" "$root/build/Parts.props"
    cat "$root/nuget.config" "${HOME:-/}/.nuget/NuGet/NuGet.Config" 2>/dev/null
    system_library libpangocairo-1.0.so.0
    ls "${dotnet%/*}/sdk" 2>/dev/null; } | cksum
}

missing_required() {
  for part in $required; do [ "$(state_of "$part")" = 'built in' ] || { printf '%s' "$part"; return 0; }; done
  return 1
}

# "Not found" is asked again after a day; a part that is required and missing is asked for at once.
unchanged() {
  [ -e "$stamp" ] && [ -e "$root/parts.props" ] && [ "$(head -n 1 "$stamp")" = "$1" ] || return 1
  ! grep -q '|left out|' "$stamp" || [ -n "$(find "$stamp" -mmin -1440)" ] || return 1
  ! missing_required >/dev/null
}

# try_part NAME PROPERTY=VALUE PACKAGE...: restores a project with just these packages, at the versions pinned for that property.
# Prints the reason when a source says "not found"; any other trouble ends the configure step.
try_part() {
  local name=$1 property=$2 dir=$out/parts/$1 log=$out/parts/$1/restore.log package
  shift 2
  mkdir -p "$dir"
  { echo '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>'
    for package in "$@"; do echo "<PackageReference Include=\"$package\" />"; done
    echo '</ItemGroup></Project>'; } >"$dir/$name.csproj"
  (cd "$dir" && dotnet restore "$name.csproj" --force -p:"$property" -p:TreatWarningsAsErrors=true) >"$log" 2>&1 </dev/null 9>&- && return 0

  if grep -qE 'error NU1301|error NU1302|error NU1303' "$log"; then
    reason=$(sed -n 's/.*error NU130[0-9]: *//p' "$log" | head -n 1)
    return 2
  elif grep -qE 'error NU110[123]|error NU1603' "$log" && ! grep -E 'error ' "$log" | grep -qvE 'NU110[123]|NU1603'; then
    reason=$(sed -n 's/.*error NU110[123]: *\(Unable.*\)/\1/p; s/.*error NU1603: *//p' "$log" | head -n 1)
    return 1
  fi
  tail -n 20 "$log" >&2
  fail "the part $name could not be tried; what was said is above."
}

# A part whose packages can be had but that does not compile with them is left out loudly, so that it never breaks the first command.
compiles() {
  local log=$out/parts/$1/build.log
  (cd "$root" && dotnet build "$3" -c Release --nologo -v minimal -nodeReuse:false -p:"$2") >"$log" 2>&1 </dev/null 9>&- && return 0
  reason="$(sed -n 's/.*error \([A-Z]*[0-9]*: [^[]*[^[ ]\) *\[.*/\1/p' "$log" | head -n 1) (all of it: $log)"
  return 1
}

# The stamp's line of one part; with project=PROJECT it must compile too. Network trouble keeps what an earlier run has found out; without one it is an error.
answer() {
  local name=$1 property=$2 with=$3 without=$4 reason=''
  shift 4
  try_part "$name" "$property" "$@"
  case $? in
    0) if [ -z "${project-}" ] || compiles "$name" "$property" "$project"; then
         echo "$name|built in|$with"
       else
         say "configure: THE PART $name DOES NOT COMPILE and is left out: $reason"
         echo "$name|left out|it does not compile: $reason; instead: $without"
       fi ;;
    1) echo "$name|left out|${reason:-not found}; instead: $without" ;;
    2) if [ "$(state_of "$name" 2>/dev/null)" = 'left out' ]; then
         say "configure: the package source does not answer, so the part $name stays left out for another hour."
         again=1
         echo "$name|left out|$(reason_of "$name")"
       else
         fail "the package source does not answer, so it is not known whether the part $name can be had: $reason"
       fi ;;
  esac
}

# It is a palette of the part cluster's actor system; what became of that stands in the stamp that is being written.
answer_palette() {
  local with='Petabridge.Cmd: pbm works' without='the same commands through amble inspect' property='Palette=true;Cluster=true'
  if grep -q '^cluster|built in|' "$out/parts.stamp.new"; then
    project=src/Actors/Palette/Palette.csproj answer palette "$property" "$with" "$without" Petabridge.Cmd.Host Petabridge.Cmd.Cluster Petabridge.Cmd.Cluster.Sharding
  else
    echo "palette|left out|it needs the part cluster; instead: $without"
  fi
}

# It needs no package, only the system's libraries.
answer_pango() {
  local without='cards are drawn by the part skia, or not at all'
  if [ -z "$(system_library libpangocairo-1.0.so.0)" ]; then
    echo "pango|left out|the library libpangocairo-1.0.so.0 is not on this machine (Debian: libpangocairo-1.0-0); instead: $without"
  else
    project=src/Host/PangoPainter/PangoPainter.csproj answer pango Pango=true "the system's Pango and Cairo: they draw cards where Skia does not" "$without"
  fi
}

# Where a library of the system is; nothing when it is not.
system_library() {
  local dir
  for dir in /usr/lib/*-linux-gnu /usr/lib64 /usr/lib /lib64 /lib; do
    if [ -e "$dir/$1" ]; then echo "$dir/$1"; return; fi
  done
}

system_sqlite() {
  if [ -n "$(system_library libsqlite3.so.0)" ]; then
    echo "Microsoft.Data.Sqlite.Core 6.0.7 on the system's libsqlite3"
  else
    echo 'Microsoft.Data.Sqlite.Core 6.0.7 with its own SQLite 3.35.5 (better: install libsqlite3-0)'
  fi
}

table() {
  local name state reason
  printf '  %-14s %-9s %s\n' part state 'what that means'
  tail -n +2 "$stamp" | while IFS='|' read -r name state reason; do printf '  %-14s %-9s %s\n' "$name" "$state" "$reason"; done
}

need_dotnet
now=$(key)
if ! unchanged "$now"; then
  lock
  again=0
  {
    echo "$now"
    project=src/Actors/Cluster/Cluster.csproj answer cluster Cluster=true 'Akka.NET: serve is a node, --cluster makes many of them one crawler' 'one process does all' \
      Akka.Cluster.Hosting Akka.Cluster.Sharding Akka.Cluster.Tools Akka.Persistence.Sql Akka.Persistence.Sql.Hosting Akka.Streams Akka.TestKit.Xunit2
    answer_palette
    project=src/Host/SkiaPainter/SkiaPainter.csproj answer skia Skia=true 'Skia and HarfBuzz: they draw cards, the same on every machine' "the system's Pango draws cards, or there are none" \
      HarfBuzzSharp HarfBuzzSharp.NativeAssets.Linux SkiaSharp SkiaSharp.NativeAssets.Linux.NoDependencies
    answer_pango
    answer sqlite-newest SqliteNewest=true 'Microsoft.Data.Sqlite, newest' "$(system_sqlite)" Microsoft.Data.Sqlite SQLitePCLRaw.bundle_e_sqlite3
  } >"$out/parts.stamp.new" || exit
  mv "$out/parts.stamp.new" "$stamp"
  [ "$again" = 0 ] || touch -d '23 hours ago' "$stamp"

  built_in() { if [ "$(state_of "$1")" = 'built in' ]; then echo true; else echo false; fi; }
  printf '<Project>\n  <PropertyGroup>\n    <Cluster>%s</Cluster>\n    <Palette>%s</Palette>\n    <Skia>%s</Skia>\n    <Pango>%s</Pango>\n    <SqliteNewest>%s</SqliteNewest>\n  </PropertyGroup>\n</Project>\n' \
    "$(built_in cluster)" "$(built_in palette)" "$(built_in skia)" "$(built_in pango)" "$(built_in sqlite-newest)" >"$out/parts.props.new"
  # Left as it is when it says the same, so that nothing is built again.
  cmp -s "$out/parts.props.new" "$root/parts.props" || mv "$out/parts.props.new" "$root/parts.props"
  table >&2
  unlock
fi

if part=$(missing_required); then
  fail "the part $part is required but not built in: $(reason_of "$part")"
fi
