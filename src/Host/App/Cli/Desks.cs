using Amble.App.Settings;
using Amble.Behaviours.Cards;
using Amble.Behaviours.Ports;

namespace Amble.App.Cli;

/// <summary>Opens the data directory for a command: by itself or, when a running <c>serve</c> has it, through that one.</summary>
public static class Desks
{
    /// <returns>A desk, or one sentence that says why there is none.</returns>
    public static (IDesk? Desk, string? Problem) Open(string command, NodeSettings settings, bool unpaced, DoorContext context)
    {
        if (!DataDirectory.TryPrepare(settings.Directory, out var problem))
        {
            return (null, problem);
        }
        try
        {
            var describe = (string _) => new LockHolder(Environment.ProcessId, command, null, settings.Web.AllowPrivate, settings.Web.ConnectTo);
            if (!DirectoryLock.TryTake(settings.Directory, describe, out var held, out var holder))
            {
                return holder?.Socket is null ? (null, DirectoryLock.Sentence(settings.Directory, holder)) : HandOver(holder, settings, unpaced);
            }
            return OpenNode(held, settings, context);
        }
        catch (UnauthorizedAccessException e)
        {
            return (null, Unusable(settings.Directory, e));
        }
    }

    /// <summary>
    /// For a command that begins no crawl. No start URL: whoever opens the directory only for this takes up none of its jobs, and asks no
    /// site for anything, so whatever a running <c>serve</c> may reach will do.
    /// </summary>
    /// <param name="artist">Who draws cards; null draws none.</param>
    public static async Task<ExitCode> UseAsync(
        string command, EffectiveSettings settings, DoorContext context, Func<IDesk, Task<ExitCode>> use, Task<ICardArtist?>? artist = null)
    {
        var node = settings.Node(null, []) with { Artist = artist, Web = settings.Web with { AllowPrivate = false, ConnectTo = null } };
        // Nothing is to be found in a directory that would only now be made.
        if (node.Postgres is null && !Directory.Exists(node.Directory))
        {
            return context.Refuse($"There is no data directory '{node.Directory}'; name another with --data DIR.");
        }
        var (desk, problem) = Open(command, node, unpaced: false, context);
        if (desk is null)
        {
            return context.Refuse(problem!);
        }
        await using (desk)
        {
            try
            {
                return await use(desk);
            }
            catch (Exception e) when (e is DeskException or StoreUnavailableException or IOException)
            {
                return context.Refuse(e.Message);
            }
        }
    }

    /// <summary>One sentence for a directory in which a file may not be opened.</summary>
    public static string Unusable(string directory, UnauthorizedAccessException why) =>
        $"The data directory '{directory}' cannot be used: {why.Message} Allowed is a directory in which files can be read and made (--data DIR).";

    /// <summary>Opens a node in a locked directory; the lock is given back when that fails.</summary>
    public static (LocalDesk? Desk, string? Problem) OpenNode(DirectoryLock held, NodeSettings settings, DoorContext context)
    {
        try
        {
            return (new LocalDesk(context.OpenNode(settings), held), null);
        }
        catch (Exception e) when (e is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            held.Dispose();
            var why = e.Message.ReplaceLineEndings(" ");
            return (null, settings.Postgres is null ? $"The data directory '{settings.Directory}' cannot be opened: {why}" : why);
        }
    }

    /// <summary>What a process was started with holds for all its jobs, so a job that needs something else cannot be handed over.</summary>
    private static (IDesk?, string?) HandOver(LockHolder holder, NodeSettings settings, bool unpaced)
    {
        var lacking =
            unpaced ? "--unpaced" :
            settings.Web.AllowPrivate && !holder.AllowPrivate ? "--allow-private" :
            settings.Web.ConnectTo is { } target && target != holder.ConnectTo ? $"--connect-to {target}" : null;
        return lacking is null
            ? (new RemoteDesk(holder), null)
            : (null, $"`amble {holder.Command}` (process {holder.Pid}) has the data directory '{settings.Directory}' and runs without {lacking}; name another directory with --data DIR.");
    }
}
