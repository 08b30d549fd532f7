// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using System.Text;
using PgCloud.Engine.Providers.Local;
using PgCloud.Errors;

namespace PgCloud.Emulator.Servers;

/// <summary>
///   Makes the servers behind the services. initdb runs once for each cloud and installation; a service gets a copy of what it made, with
///   certificates of its own.
/// </summary>
internal sealed class ServerFactory(EmulatorOptions options) : IAsyncDisposable
{
    private const int PortTries = 10;

    private readonly Lazy<string> _home = new(() => TemporaryDirectory.Make());
    private readonly ConcurrentDictionary<string, Lazy<Task<PostgresInstallation>>> _installations = new();
    private readonly ConcurrentDictionary<(ServerKind Kind, string Path), Lazy<Task<ServerTemplate>>> _templates = new();
    private readonly ConcurrentDictionary<string, ServiceServer> _servers = new();

    /// <summary>Where the emulator keeps its files, all of which go when it ends.</summary>
    internal string Home => _home.Value;

    /// <summary>A new, empty server that runs.</summary>
    internal async Task<ServiceServer> CreateAsync(ServerKind kind, string name, string version, CancellationToken cancellation)
    {
        ServerTemplate template = await TemplateAsync(kind, await InstallationAsync(version, cancellation), cancellation);
        return await BuildAsync(kind, name, template.Installation, target => TreeCopy.RunAsync(template.Data, target, cancellation), cancellation);
    }

    /// <summary>A server with the data of another, which goes on running.</summary>
    internal Task<ServiceServer> ForkAsync(string name, ServiceServer source, CancellationToken cancellation) =>
        BuildAsync(source.Kind, name, source.Installation, target => source.CopyDataAsync(target, cancellation), cancellation);

    /// <summary>A standby that follows a server (PostgreSQL documentation, 27.2), with its certificate.</summary>
    internal Task<ServiceServer> ReplicateAsync(string name, ServiceServer source, CancellationToken cancellation) => BuildAsync(
        source.Kind,
        name,
        source.Installation,
        async target =>
        {
            await source.CopyDataAsync(target, cancellation);
            ServerAccount? account = ServerAccount.Choose();
            ServerFile.Write(Path.Combine(target, "standby.signal"), [], account);
            string password = (await File.ReadAllTextAsync(source.Files.SuperuserPassword, cancellation)).Trim();

            // No certificate of its own: libpq would look for one in a home directory that the server's account may not enter.
            string primary = FormattableString.Invariant(
                $"host={EmulatorOptions.ServerAddress} port={source.Port} user={source.Kind.Superuser} password={password} ")
                + $"sslmode=verify-full sslrootcert={source.Files.CaCertificate} sslcert={source.Files.Root}/none";
            await File.AppendAllTextAsync(Path.Combine(target, "postgresql.conf"), $"\nprimary_conninfo = '{primary}'\n", cancellation);
        },
        cancellation,
        source.Files);

    /// <summary>Copies the data of a server, which goes on running.</summary>
    internal async Task<ServerSnapshot> SnapshotAsync(string name, ServiceServer source, CancellationToken cancellation)
    {
        var directory = new InstanceDirectory(Home, "snapshot-" + name);
        Directory.CreateDirectory(directory.Root);
        ServerAccount.Choose()?.Own(directory.Root);
        await source.CopyDataAsync(directory.Data, cancellation);
        return new ServerSnapshot(source.Kind, source.Installation, directory.Data);
    }

    /// <summary>A server with the data of a snapshot.</summary>
    internal Task<ServiceServer> RestoreAsync(string name, ServerSnapshot snapshot, CancellationToken cancellation) =>
        BuildAsync(snapshot.Kind, name, snapshot.Installation, target => TreeCopy.RunAsync(snapshot.Data, target, cancellation), cancellation);

    internal async Task RemoveAsync(ServiceServer server, CancellationToken cancellation)
    {
        _servers.TryRemove(server.Name, out _);
        await server.StopAsync(cancellation);
        server.Delete();
        server.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_home.IsValueCreated)
        {
            return;
        }

        await Task.WhenAll(_servers.Values.Select(s => s.StopAsync(CancellationToken.None)));
        foreach (ServiceServer server in _servers.Values)
        {
            server.Dispose();
        }

        Directory.Delete(Home, recursive: true);
    }

    // Where the version wanted is not installed any other will do: the API goes on telling the version wanted.
    private Task<PostgresInstallation> InstallationAsync(string version, CancellationToken cancellation) =>
        _installations.GetOrAdd(version, _ => new(async () =>
        {
            try
            {
                return await InstallationFinder.FindAsync(options.Postgres, version, cancellation);
            }
            catch (PgCloudException exception) when (exception.ErrorId == "PgCloud.Instance.VersionNotInstalled")
            {
                return await InstallationFinder.FindAsync(options.Postgres, null, cancellation);
            }
        })).Value;

    private Task<ServerTemplate> TemplateAsync(ServerKind kind, PostgresInstallation installation, CancellationToken cancellation) => _templates.GetOrAdd(
        (kind, installation.BinaryPath), _ => new(() => ServerTemplate.MakeAsync(kind, Home, installation, cancellation))).Value;

    private async Task<ServiceServer> BuildAsync(
        ServerKind kind, string name, PostgresInstallation installation, Func<string, Task> copyTo, CancellationToken cancellation, InstanceDirectory? twin = null)
    {
        var directory = new InstanceDirectory(Home, name);
        Directory.CreateDirectory(directory.Root);
        ServerAccount? account = ServerAccount.Choose();
        account?.Own(directory.Root);
        await copyTo(directory.Data);

        var record = new InstanceRecord
        {
            BinaryPath = installation.BinaryPath,
            Version = installation.VersionText,
            Account = account?.Name,
            Port = ServerPort.FindFree(),
            ListenAddresses = EmulatorOptions.ServerAddress,
            IsComplete = true,
        };
        ServerCertificates? made = twin is null ? ServerCertificates.Make(name, [EmulatorOptions.ServerAddress]) : null;
        ServerFile.Write(directory.CaCertificate, Pem(made?.CaPem, twin?.CaCertificate), account);
        ServerFile.Write(directory.ServerCertificate, Pem(made?.CertificatePem, twin?.ServerCertificate), account);
        ServerFile.Write(directory.ServerKey, Pem(made?.KeyPem, twin?.ServerKey), account);
        byte[] superuser = Encoding.ASCII.GetBytes($"hostssl all,replication {kind.Superuser} 127.0.0.1/32 scram-sha-256\n");
        ServerFile.Write(directory.HbaFile, [.. superuser, .. HbaFile.Empty.ToBytes()], account);
        File.Copy(new InstanceDirectory(Home, ServerTemplate.NameOf(kind, installation)).SuperuserPassword, directory.SuperuserPassword);
        await StartAsync(directory, record, account, cancellation);
        var server = new ServiceServer(directory, record, installation, kind, kind.Superuser);
        _servers[name] = server;
        return server;
    }

    private static byte[] Pem(string? made, string? file) => made is null ? File.ReadAllBytes(file!) : Encoding.ASCII.GetBytes(made);

    // Between choosing a free port and listening on it another process may take it.
    internal static async Task StartAsync(InstanceDirectory directory, InstanceRecord record, ServerAccount? account, CancellationToken cancellation)
    {
        var control = new ServerControl(directory, record, QuietReporter.Instance);
        for (int attempt = 1; ; attempt++)
        {
            record.Write(directory.Record);
            ServerConfiguration.Write(directory, record, account);
            try
            {
                await control.StartAsync(cancellation);
                return;
            }
            catch (PgCloudException exception) when (exception.ErrorId == "PgCloud.Instance.PortInUse" && attempt < PortTries)
            {
                record.Port = ServerPort.FindFree();
            }
            catch
            {
                await control.StopAsync(CancellationToken.None);
                throw;
            }
        }
    }
}
