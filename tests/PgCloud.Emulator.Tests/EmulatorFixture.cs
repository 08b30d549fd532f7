// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Emulator.Tests.Ovh;
using Xunit;

namespace PgCloud.Emulator.Tests;

/// <summary>The one emulator of a run, and one service in it that tests share.</summary>
public sealed class EmulatorFixture : IAsyncLifetime
{
    private Task<string>? _shared;

    internal EmulatorHost Host { get; private set; } = null!;

    internal ApiClient Api { get; private set; } = null!;

    internal StartLine Start => Host.StartLine;

    /// <summary>The path of a service with two nodes that lets this machine in.</summary>
    internal Task<string> SharedAsync() => _shared ??= Api.CreateReadyAsync(new
    {
        plan = "business",
        nodesPattern = new { flavor = "db1-4", number = 2, region = "GRA" },
        ipRestrictions = new[] { new { ip = "127.0.0.1/32", description = "tests" } },
    });

    /// <summary>A password for avnadmin.</summary>
    internal async Task<string> AdminPasswordAsync(string service)
    {
        Guid admin = (await Api.GetAsync(service + "/user")).Ids[0];
        return (string)(await Api.PostAsync($"{service}/user/{admin}/credentials/reset")).Ok["password"]!;
    }

    /// <summary>Logs in with what the API tells.</summary>
    internal async Task<NpgsqlConnection> ConnectAsync(string service, string user, string password, string? database = null, int? port = null)
    {
        var endpoint = (await Api.GetAsync(service)).Ok["endpoints"]![0]!;
        string caFile = Path.Combine(Path.GetDirectoryName(Start.CaFile)!, $"{Path.GetRandomFileName()}.crt");
        await File.WriteAllTextAsync(caFile, (string)(await Api.GetAsync(service + "/certificates")).Ok["ca"]!);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = (string)endpoint["domain"]!,
            Port = port ?? (int)endpoint["port"]!,
            Username = user,
            Password = password,
            Database = database ?? "defaultdb",
            SslMode = SslMode.VerifyFull,
            RootCertificate = caFile,
            Pooling = false,
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task InitializeAsync()
    {
        Host = await EmulatorHost.StartAsync(new EmulatorOptions { Speed = 2000, Quota = 1000 });
        Api = new ApiClient(Host.StartLine);
    }

    public async Task DisposeAsync()
    {
        Api.Dispose();
        await Host.DisposeAsync();
    }
}

/// <summary>Tests that share the emulator.</summary>
[CollectionDefinition(Name)]
public sealed class EmulatorTests : ICollectionFixture<EmulatorFixture>
{
    public const string Name = "Emulator";
}
