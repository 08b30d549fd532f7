// SPDX-License-Identifier: MIT

using Xunit;

namespace PgCloud.Engine.Tests.Sql.Servers;

/// <summary>The servers of one run: each started when a test first needs it, and all stopped and removed at the end.</summary>
public sealed class ServerPool : IAsyncLifetime
{
    private readonly Dictionary<int, Task<TestServer>> _servers = [];

    internal Task<TestServer> GetAsync(int version)
    {
        lock (_servers)
        {
            if (!_servers.TryGetValue(version, out Task<TestServer>? server))
            {
                server = TestServer.CreateAsync(version);
                _servers.Add(version, server);
            }

            return server;
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (Task<TestServer> server in _servers.Values)
        {
            await (await server).DisposeAsync();
        }
    }
}

/// <summary>Tests that share the servers.</summary>
[CollectionDefinition(Name)]
public sealed class ServerTests : ICollectionFixture<ServerPool>
{
    public const string Name = "PostgreSQL servers";
}
