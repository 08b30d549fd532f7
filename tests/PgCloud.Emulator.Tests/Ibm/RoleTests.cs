// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace PgCloud.Emulator.Tests.Ibm;

/// <summary>The roles in the database are those of the two tables of the page about users, on PostgreSQL 18 where it is installed.</summary>
public sealed class RoleTests
{
    private const string Query =
        """
        SELECT r.rolname || ' ' || concat(r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin) || ' '
            || array(SELECT b.rolname FROM pg_auth_members m JOIN pg_roles b ON m.roleid = b.oid WHERE m.member = r.oid ORDER BY b.rolname COLLATE "C")::text
        FROM pg_roles r WHERE r.rolname !~ '^pg_' ORDER BY r.rolname COLLATE "C"
        """;

    private static readonly string[] AdminMembers =
    [
        "pg_read_all_data", "pg_write_all_data", "pg_monitor", "pg_read_all_settings", "pg_read_all_stats", "pg_stat_scan_tables", "pg_signal_backend",
        "pg_checkpoint", "pg_create_subscription",
    ];

    private static readonly string[] Reserved = ["pg_use_reserved_connections"];

    [Fact]
    public async Task A_key_makes_the_roles_of_the_page()
    {
        string newest = Path.Combine(TestTree.Find("servers") ?? string.Empty, "node_modules", "postgresql-18", "native", "bin");
        await using EmulatorHost host = await EmulatorHost.StartAsync(
            new EmulatorOptions { Speed = 5000, Postgres = File.Exists(Path.Combine(newest, "postgres")) ? newest : null });
        using var api = new IbmClient(host.StartLine);
        foreach (string role in new[] { "Manager", "Writer" })
        {
            await CheckAsync(api, role);
        }
    }

    private static async Task CheckAsync(IbmClient api, string role)
    {
        JsonNode key = await api.CreateKeyAsync(await api.CreateActiveAsync(), role);
        string user = (string)key["credentials"]!["username"]!;
        await using NpgsqlConnection connection = await IbmClient.ConnectAsync(key);
        // An older server does not have all of the predefined roles.
        HashSet<string> known = [.. await ListAsync(connection, "SELECT rolname::text FROM pg_roles")];
        bool isManager = role == "Manager";
        string[] expected =
        [
            Row("ibm_admin", "ftfff", AdminMembers),
            isManager ? Row("ibm_monitoring", "ftfft", Reserved) : Row("ibm_monitoring", "fffft", ["pg_monitor", .. Reserved]),
            .. isManager ? (string[])[] : [Row("ibm_replication", "ftfft", Reserved)],
            Row("ibm_rest", "ffttt", ["ibm_admin", "ibm_writer", user, .. Reserved]),
            Row("ibm_rewind", "ftfft", []),
            Row("ibm_superuser", "ttttt", []),
            Row("ibm_writer", "ftfff", ["pg_read_all_data", "pg_write_all_data"]),
            isManager ? Row(user, "ftttt", ["ibm_admin", "ibm_writer"]) : Row(user, "ftfft", ["ibm_writer"]),
        ];
        Assert.Equal(expected, await ListAsync(connection, Query));

        string Row(string name, string flags, string[] members) =>
            $"{name} {flags} {{{string.Join(',', members.Where(known.Contains).Order(StringComparer.Ordinal))}}}";
    }

    private static async Task<List<string>> ListAsync(NpgsqlConnection connection, string query)
    {
        var found = new List<string>();
        await using var command = new NpgsqlCommand(query, connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }
}
