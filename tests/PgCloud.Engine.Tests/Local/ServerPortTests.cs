// SPDX-License-Identifier: MIT

using System.Net;
using System.Net.Sockets;
using PgCloud.Engine.Providers.Local;
using Xunit;

namespace PgCloud.Engine.Tests.Local;

public sealed class ServerPortTests
{
    [Fact]
    public void One_is_none_that_the_system_may_give_to_whoever_connects_meanwhile()
    {
        int given = int.Parse(
            File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split('\t')[0], System.Globalization.CultureInfo.InvariantCulture);
        int[] found = [.. Enumerable.Range(0, 50).Select(_ => ServerPort.FindFree())];

        // Where the system gives out nearly all there are, there is no choice.
        Assert.All(found, port => Assert.True(given <= 20_000 || port < given, $"{port}"));
        Assert.True(found.Distinct().Count() > 40);
    }

    [Fact]
    public void One_that_somebody_listens_on_is_not_free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Assert.False(ServerPort.IsFree(((IPEndPoint)listener.LocalEndpoint).Port));
    }
}
