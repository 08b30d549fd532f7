// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;

namespace PgCloud.Benchmarks;

/// <summary>Who may do what on 10,000 tables for 20 roles, against the same answer from information_schema.</summary>
internal static class PrivilegeBenchmark
{
    private const int Schemas = 10;
    private const int TablesEach = 1_000;
    private const int Roles = 20;

    internal static async Task RunAsync()
    {
        using var work = new Workspace();
        await using BenchmarkServer server = await BenchmarkServer.StartAsync(work.Path);
        await using NpgsqlConnection connection = await BenchmarkConnection.OpenAsync(server);
        await MakeAsync(connection);
        await using NpgsqlSqlSession session = await BenchmarkConnection.OpenSessionAsync(server);

        int fromCatalog = 0;
        int fromStandard = 0;
        double[][] times = await Pairs.MeasureAsync(
            5,
            () => Pairs.TimeAsync(async () => fromStandard = await ReadStandardAsync(connection)),
            () => Pairs.TimeAsync(async () => fromCatalog = await ReadAsync(session, _ => { })));
        if (fromCatalog != fromStandard)
        {
            throw new InvalidOperationException($"{fromCatalog} privileges were read, and {fromStandard} from information_schema.");
        }

        Pairs.Print("privileges on 10,000 tables for 20 roles", fromCatalog, string.Empty);
        Pairs.Print("information_schema.table_privileges, a bare reader", Pairs.Median(times[0]), "ms");
        Pairs.Print("Get-PgPrivilege's reading, as objects", Pairs.Median(times[1]), "ms");
        Pairs.Print("ratio: information_schema over PgCloud (higher is better)", Pairs.MedianOf(times[0], times[1], (a, b) => a / b), "x");
        Pairs.Print("ratio: PgCloud over information_schema", Pairs.MedianOf(times[1], times[0], (a, b) => a / b), "x", 0.2);

        var live = new List<long>();
        await ReadAsync(session, read =>
        {
            if (live.Count < 10 && read >= fromCatalog / 10 * (live.Count + 1))
            {
                live.Add(GC.GetTotalMemory(forceFullCollection: true));
            }
        });
        Pairs.Print("memory in use after nine tenths, over that after one tenth", (live[8] - live[0]) / 1e6, "MB", 2);
    }

    private static async Task MakeAsync(NpgsqlConnection connection)
    {
        string roles = string.Join(", ", Enumerable.Range(0, Roles).Select(n => $"bench_{n}"));
        await ExecuteAsync(connection, string.Join(';', Enumerable.Range(0, Roles).Select(n => $"CREATE ROLE bench_{n}")));
        for (int schema = 0; schema < Schemas; schema++)
        {
            await ExecuteAsync(connection, $"CREATE SCHEMA s_{schema}");
            await ExecuteAsync(
                connection, $"DO $$ BEGIN FOR n IN 1..{TablesEach} LOOP EXECUTE 'CREATE TABLE s_{schema}.t_' || n || ' (n int)'; END LOOP; END $$");
            await ExecuteAsync(connection, $"GRANT SELECT ON ALL TABLES IN SCHEMA s_{schema} TO {roles}");
        }

        await ExecuteAsync(connection, "ANALYZE");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<int> ReadAsync(NpgsqlSqlSession session, Action<int> onBatch)
    {
        var filter = new PrivilegeFilter
        {
            ObjectTypes = [PgObjectType.Table],
            Schemas = [.. Enumerable.Range(0, Schemas).Select(n => new NamePattern($"s_{n}", null))],
        };
        int read = 0;
        await foreach (IReadOnlyList<PgPrivilege> batch in session.Privileges.ReadAsync(filter, CancellationToken.None))
        {
            // Default privileges, of which there are none, would come after the others.
            read += batch.Count;
            onBatch(read);
        }

        return read;
    }

    private static async Task<int> ReadStandardAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT grantor, grantee, table_schema, table_name, privilege_type, is_grantable
            FROM information_schema.table_privileges WHERE table_schema LIKE 's\__' ORDER BY table_schema, table_name
            """,
            connection) { CommandTimeout = 0 };
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        int read = 0;
        var values = new object[6];
        while (await reader.ReadAsync())
        {
            reader.GetValues(values);
            read++;
        }

        return read;
    }
}
