using Amble.Behaviours.Ports;

namespace Amble.App;

/// <summary>How full the disk of a directory is, as df tells it: what other users' reserves take counts as neither used nor free.</summary>
internal sealed class DriveProbe(string directory) : IDiskProbe
{
    public double? UsedPercent()
    {
        try
        {
            var drive = new DriveInfo(directory);
            var used = drive.TotalSize - drive.TotalFreeSpace;
            return used + drive.AvailableFreeSpace > 0 ? 100.0 * used / (used + drive.AvailableFreeSpace) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>A server's disk cannot be seen from here.</summary>
internal sealed class NoProbe : IDiskProbe
{
    public double? UsedPercent() => null;
}
