// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Globalization;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Local;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Benchmarks;

/// <summary>The ways to grant 20 roles to 100 members each, over one connection that is open already; psql opens its own.</summary>
internal sealed class MembershipWays : IAsyncDisposable
{
    internal const int Count = 2000;

    private static readonly string[] Roles = [.. Enumerable.Range(0, 20).Select(i => $"bench_role_{i}")];
    private static readonly string[] Members = [.. Enumerable.Range(0, 100).Select(i => $"bench_member_{i}")];
    private static readonly string[] Grants = [.. Roles.SelectMany(role => Members.Select(member => $"GRANT \"{role}\" TO \"{member}\""))];
    private static readonly GrantRequest[] Requests = [.. Roles.SelectMany(role => Members.Select(member => new GrantRequest([role], [member])))];

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlConnection _near;
    private readonly NpgsqlSqlSession _session;
    private readonly Workspace _work;
    private readonly int _port;

    private MembershipWays(NpgsqlConnection connection, NpgsqlConnection near, NpgsqlSqlSession session, Workspace work, int port)
    {
        (_connection, _near, _session, _work, _port) = (connection, near, session, work, port);
    }

    /// <summary>Opens the connections to a port, and makes the roles by way of the server's own.</summary>
    internal static async Task<MembershipWays> OpenAsync(BenchmarkServer server, int port, Workspace work)
    {
        NpgsqlConnection near = await ConnectAsync(server.Port);
        var ways = new MembershipWays(await ConnectAsync(port), near, await SessionAsync(port), work, port);
        await ExecuteAsync(near, string.Join(';', Roles.Concat(Members).Select(name => $"CREATE ROLE \"{name}\"")));
        return ways;
    }

    /// <summary>A session of the module's own.</summary>
    internal static Task<NpgsqlSqlSession> SessionAsync(int port) => NpgsqlSqlSession.OpenAsync(
        new SqlTarget(
            "127.0.0.1",
            port,
            LocalRoles.DefaultDatabase,
            BenchmarkServer.UserName,
            Passwords.FromCharacters(BenchmarkServer.Password),
            PgTlsMode.Disable,
            string.Empty,
            null),
        Silence.Instance,
        CancellationToken.None);

    /// <summary>The time that a way takes when none of the memberships is there.</summary>
    internal async Task<double> TimeFirstAsync(Func<Task> way)
    {
        await ExecuteAsync(_near, string.Join(';', Roles.Select(role => $"REVOKE \"{role}\" FROM {string.Join(", ", Members)}")));
        double took = await Pairs.TimeAsync(way);
        await using var count = new NpgsqlCommand(
            "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname LIKE 'bench_member_%'", _near);
        return (long)(await count.ExecuteScalarAsync())! == Count ? took : throw new InvalidOperationException("Not all memberships are there.");
    }

    /// <summary>PgCloud, as the cmdlet does it: one record a membership.</summary>
    internal Task PgCloudAsync() => PgCloudAsync(PgChange.Created);

    /// <summary>PgCloud when all memberships are there.</summary>
    internal Task PgCloudAgainAsync() => PgCloudAsync(PgChange.Unchanged);

    /// <summary>One NpgsqlBatch, which is one transaction.</summary>
    internal Task BatchAsync() => BatchAsync(Grants);

    /// <summary>One NpgsqlBatch of one statement a role.</summary>
    internal Task BatchOfRolesAsync() => BatchAsync(Roles.Select(role => $"GRANT \"{role}\" TO {string.Join(", ", Members)}"));

    /// <summary>One statement after another, each its own transaction, as SimplySql in a loop.</summary>
    internal async Task LoopAsync()
    {
        foreach (string grant in Grants)
        {
            await ExecuteAsync(_connection, grant);
        }
    }

    /// <summary>A file, in one transaction.</summary>
    internal Task PsqlFileAsync() => PsqlAsync("-1", "-f", _work.Script("grants.sql", string.Join(";\n", Grants) + ";\n"));

    /// <summary>One string with all statements.</summary>
    internal Task PsqlStringAsync() => PsqlAsync("-c", string.Join(';', Grants));

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _connection.DisposeAsync();
        await _near.DisposeAsync();
    }

    private async Task PgCloudAsync(PgChange expected)
    {
        IReadOnlyList<MembershipOutcome> outcomes =
            (await _session.Memberships.GrantAsync(Requests, Approved.Beforehand, CancellationToken.None))!;
        if (outcomes.Any(outcome => outcome.Memberships.Single().Change != expected))
        {
            throw new InvalidOperationException($"Not every membership is {expected}.");
        }
    }

    private async Task BatchAsync(IEnumerable<string> statements)
    {
        await using var batch = new NpgsqlBatch(_connection);
        foreach (string statement in statements)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        await batch.ExecuteNonQueryAsync();
    }

    private async Task PsqlAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("psql", ["-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", .. arguments]);
        start.Environment["PGHOST"] = "127.0.0.1";
        start.Environment["PGPORT"] = _port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = BenchmarkServer.UserName;
        start.Environment["PGPASSWORD"] = BenchmarkServer.Password;
        start.Environment["PGDATABASE"] = LocalRoles.DefaultDatabase;
        start.Environment["PGSSLMODE"] = "disable";
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"psql ended with exit code {process.ExitCode}.");
        }
    }

    private static async Task<NpgsqlConnection> ConnectAsync(int port)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = BenchmarkServer.UserName,
            Password = BenchmarkServer.Password,
            Database = LocalRoles.DefaultDatabase,
            SslMode = SslMode.Disable,
            Pooling = false,
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
