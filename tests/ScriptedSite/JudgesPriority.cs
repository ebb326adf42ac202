using System.ComponentModel;
using System.Diagnostics;

namespace Amble.ScriptedSites;

/// <summary>
/// A site that judges gaps must not be late itself: on a busy machine a request would be stamped when the site got its turn, and the
/// next one would seem to come too soon. Where this user may, the site goes before the others.
/// </summary>
public static class JudgesPriority
{
    public static void Give(Process site)
    {
        try
        {
            site.PriorityClass = ProcessPriorityClass.High;
        }
        catch (Win32Exception)
        {
            // Only root may; the judge is then as good as the machine is quiet.
        }
    }
}
