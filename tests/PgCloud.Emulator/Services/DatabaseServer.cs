// SPDX-License-Identifier: MIT

using System.Runtime.Versioning;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Local;

namespace PgCloud.Emulator.Services;

/// <summary>
///   The real PostgreSQL behind a service: an instance of the module's own provider Local, with TLS, whose pg_hba.conf follows the service's
///   list of addresses. avnadmin and defaultdb are there from the start.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class DatabaseServer
{
    private static readonly string[] AdminRoles =
        ["pg_monitor", "pg_signal_backend", "pg_read_all_data", "pg_write_all_data", "pg_read_all_settings", "pg_read_all_stats", "pg_stat_scan_tables"];

    private readonly LocalProvider _provider;
    private readonly InstanceDirectory _directory;
    private readonly PgInstance _instance;

    private DatabaseServer(LocalProvider provider, InstanceDirectory directory, PgInstance instance)
    {
        _provider = provider;
        _directory = directory;
        _instance = instance;
    }

    internal string HostName => _instance.HostName;

    internal int Port => _instance.Port;

    internal string CaCertificate => _instance.CaCertificate;

    internal static async Task<DatabaseServer> StartAsync(string stateDirectory, Guid id, string? binaryPath)
    {
        var provider = new LocalProvider(stateDirectory);
        PgInstance instance = await provider.CreateInstanceAsync(
            new NewInstanceRequest(id.ToString()) { BinaryPath = binaryPath }, Silent.Reporter, CancellationToken.None);
        var server = new DatabaseServer(provider, new InstanceDirectory(stateDirectory, instance.Name), instance);
        await server.ExecuteAsync(
        [
            "CREATE ROLE avnadmin LOGIN NOSUPERUSER INHERIT CREATEDB CREATEROLE REPLICATION",
            $"GRANT {string.Join(", ", AdminRoles)} TO avnadmin WITH ADMIN OPTION",
            "ALTER DATABASE defaultdb OWNER TO avnadmin",
        ]);
        return server;
    }

    /// <summary>Lets in just these ranges.</summary>
    internal Task LetInAsync(IEnumerable<string> ranges) => _provider.SetAuthorisedIpsAsync(
        _instance,
        [.. ranges.Select(r => new AuthorisedIpRequest(PgCidr.Parse(r).ToString(), null, null))],
        Silent.Reporter,
        CancellationToken.None);

    /// <summary>Makes a role that logs in; avnadmin may grant it on and change it.</summary>
    internal Task AddUserAsync(string name, string password, bool isReplication) => ExecuteAsync(
    [
        $"CREATE ROLE {PgNames.Quote(name)} LOGIN {(isReplication ? "REPLICATION" : string.Empty)} PASSWORD '{password}'",
        $"GRANT {PgNames.Quote(name)} TO avnadmin WITH ADMIN OPTION",
    ]);

    internal Task SetReplicationAsync(string name, bool isReplication) =>
        ExecuteAsync([$"ALTER ROLE {PgNames.Quote(name)} {(isReplication ? "REPLICATION" : "NOREPLICATION")}"]);

    /// <summary>Sets a password and ends the user's connections, as a reset does (DOC/databases_04_troubleshooting).</summary>
    internal Task SetPasswordAsync(string name, string password) => ExecuteAsync(
    [
        $"ALTER ROLE {PgNames.Quote(name)} PASSWORD '{password}'",
        $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{name.Replace("'", "''", StringComparison.Ordinal)}'",
    ]);

    internal Task RemoveUserAsync(string name) =>
        ExecuteAsync([$"REASSIGN OWNED BY {PgNames.Quote(name)} TO avnadmin", $"DROP OWNED BY {PgNames.Quote(name)}", $"DROP ROLE {PgNames.Quote(name)}"]);

    internal async Task StopAsync() => await _provider.RemoveInstanceAsync(_instance, Silent.Reporter, CancellationToken.None);

    private async Task ExecuteAsync(IEnumerable<string> statements)
    {
        InstanceRecord record = InstanceRecord.Read(_directory.Record)!;
        await using SuperuserSession superuser = await SuperuserSession.OpenAsync(_directory, record, CancellationToken.None);
        foreach (string statement in statements)
        {
            await superuser.ExecuteAsync([statement], CancellationToken.None);
        }
    }
}

/// <summary>Nobody listens to the servers' steps.</summary>
internal sealed class Silent : IReporter
{
    internal static Silent Reporter { get; } = new();

    public void Step(string what, TimeSpan took)
    {
    }

    public void Progress(string activity, string status, int percent)
    {
    }

    public void Warning(string message)
    {
    }
}
