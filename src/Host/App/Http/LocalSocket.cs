using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Amble.App.Http;

/// <summary>
/// Binds what the web server listens on. A local socket is closed to all other users between its binding and its listening, so that
/// there is no moment in which one of them could connect.
/// </summary>
public static class LocalSocket
{
    public static Socket Bind(EndPoint end)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(end);
        if (end is UnixDomainSocketEndPoint && end.ToString() is { } path && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        return socket;
    }
}
