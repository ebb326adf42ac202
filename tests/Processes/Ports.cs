using System.Net;
using System.Net.Sockets;

namespace Amble.Processes.Specs;

internal static class Ports
{
    /// <summary>A port of the loopback address that nobody has now.</summary>
    public static int Free()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
