// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Local;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Benchmarks;

/// <summary>A local instance with one user, reachable from this machine over TLS and, for the comparison, without.</summary>
internal sealed class BenchmarkServer : IAsyncDisposable
{
    internal const string UserName = "bench";

    // Known to nobody but a server that lives as long as this run.
    internal static readonly string Password = Passwords.ForLogin(Passwords.Generate());

    private readonly LocalProvider _provider;
    private readonly PgInstance _instance;
    private readonly InstanceDirectory _directory;

    private BenchmarkServer(LocalProvider provider, PgInstance instance, InstanceDirectory directory)
    {
        _provider = provider;
        _instance = instance;
        _directory = directory;
    }

    internal int Port => _instance.Port;

    internal string CaPath => _directory.CaCertificate;

    /// <summary>PowerShell that imports the module and puts a connection over verified TLS into $connection.</summary>
    internal string ConnectionScript => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        Import-Module '{{Path.Combine(Shell.Root, "PgCloud.psd1")}}'
        $connection = [PgCloud.PgConnection]@{
            HostName = '127.0.0.1'; Port = {{Port}}; Database = '{{LocalRoles.DefaultDatabase}}'; UserName = '{{UserName}}'
            Credential = [pscredential]::new('{{UserName}}', [System.Net.NetworkCredential]::new('', '{{Password}}').SecurePassword)
            CaCertificate = [System.IO.File]::ReadAllText('{{CaPath}}')
        }
        """);

    internal static async Task<BenchmarkServer> StartAsync(string stateDirectory)
    {
        var provider = new LocalProvider(stateDirectory);
        PgInstance instance = await provider.CreateInstanceAsync(new NewInstanceRequest("bench"), Silence.Instance, CancellationToken.None);
        var server = new BenchmarkServer(provider, instance, new InstanceDirectory(stateDirectory, "bench"));
        await File.AppendAllTextAsync(server._directory.HbaFile, "host all all 127.0.0.1/32 scram-sha-256\n");
        await provider.AddAuthorisedIpsAsync(
            instance, [new AuthorisedIpRequest("127.0.0.1/32", null, null)], Silence.Instance, CancellationToken.None);
        await provider.CreateUserAsync(
            instance,
            new NewUserRequest(UserName, PgCloudUserKind.Manager, Passwords.FromCharacters(Password)),
            Silence.Instance,
            CancellationToken.None);
        return server;
    }

    public async ValueTask DisposeAsync() => await _provider.RemoveInstanceAsync(_instance, Silence.Instance, CancellationToken.None);
}
