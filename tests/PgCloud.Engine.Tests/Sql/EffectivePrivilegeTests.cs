// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Tests.Sql.Servers;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

/// <summary>
///   What a role can do in the end, against the server's own has_…_privilege functions, over roles, memberships, owners and grants that were
///   drawn by lot.
/// </summary>
[Collection(ServerTests.Name)]
public sealed class EffectivePrivilegeTests(ServerPool servers)
{
    private const int Roles = 14;

    private static readonly (PgObjectType Type, string Name, string Function, string[] Privileges)[] Objects =
    [
        (PgObjectType.Schema, "lot", "has_schema_privilege", ["USAGE", "CREATE"]),
        (PgObjectType.Table, "lot.t1", "has_table_privilege", Relation),
        (PgObjectType.Table, "lot.t2", "has_table_privilege", Relation),
        (PgObjectType.View, "lot.v", "has_table_privilege", Relation),
        (PgObjectType.MaterializedView, "lot.m", "has_table_privilege", Relation),
        (PgObjectType.Sequence, "lot.s", "has_sequence_privilege", ["USAGE", "SELECT", "UPDATE"]),
        (PgObjectType.Function, "lot.f(integer, text)", "has_function_privilege", ["EXECUTE"]),
        (PgObjectType.Procedure, "lot.p()", "has_function_privilege", ["EXECUTE"]),
        (PgObjectType.Type, "lot.e", "has_type_privilege", ["USAGE"]),
        (PgObjectType.Domain, "lot.d", "has_type_privilege", ["USAGE"]),
        (PgObjectType.Database, "lottery", "has_database_privilege", ["CREATE", "CONNECT", "TEMPORARY"]),
    ];

    private static string[] Relation => ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"];

    [Theory]
    [Server(14, 1)]
    [Server(15, 2)]
    [Server(16, 3)]
    [Server(17, 4)]
    [Server(18, 5)]
    [Server(18, 6)]
    public async Task The_answer_is_the_servers_own(int version, int seed)
    {
        TestServer server = await servers.GetAsync(version);
        await server.ExecuteAsync("CREATE DATABASE lottery");
        try
        {
            await server.ExecuteAsync(Setup(new Random(seed), version), "lottery");
            await using NpgsqlSqlSession session = await server.OpenAsync(database: "lottery");
            await using NpgsqlConnection oracle = await server.ConnectAsync(database: "lottery");
            for (int role = 0; role < Roles; role++)
            {
                SortedSet<string> expected = await ExpectedAsync(oracle, $"lot_{role}", version);
                List<PgPrivilege> found = await ReadAsync(session, $"lot_{role}");
                SortedSet<string> actual = new(found.Select(p => $"{p.ObjectType} {p.ObjectName} {p.Privilege}"), StringComparer.Ordinal);

                Assert.Equal("missing: , too many: ", $"missing: {string.Join(", ", expected.Except(actual))}, too many: {string.Join(", ", actual.Except(expected))}");
                Assert.All(found, p => Assert.Equal($"lot_{role}", p.Via[0]));
                Assert.All(found, p => Assert.True(p.IsPublic || p.Via[^1] == p.Grantee || p.Via[^1] == "superuser", string.Join(" > ", p.Via)));
            }
        }
        finally
        {
            await server.ExecuteAsync("DROP DATABASE lottery WITH (FORCE)");
            await server.ExecuteAsync(string.Concat(Enumerable.Range(0, Roles).Select(i => $"DROP ROLE IF EXISTS lot_{i};")));
        }
    }

    private static async Task<List<PgPrivilege>> ReadAsync(NpgsqlSqlSession session, string role)
    {
        PgObjectType[] types = [.. Objects.Select(o => o.Type).Distinct()];
        var all = new List<PgPrivilege>();
        await foreach (IReadOnlyList<PgPrivilege> batch in session.Privileges.ReadAsync(
            new PrivilegeFilter { EffectiveFor = role, ObjectTypes = types }, CancellationToken.None))
        {
            all.AddRange(batch);
        }

        return [.. all.Where(p => p.Schema == "lot" || p.Name is "lot" or "lottery")];
    }

    private static async Task<SortedSet<string>> ExpectedAsync(NpgsqlConnection oracle, string role, int version)
    {
        (string Label, string Question)[] questions =
        [
            .. Objects.SelectMany(o => (o.Function == "has_table_privilege" && version >= 17 ? [.. o.Privileges, "MAINTAIN"] : o.Privileges)
                .Select(privilege => ($"{o.Type} {o.Name} {privilege}", $"{o.Function}('{role}', '{o.Name}', '{privilege}')"))),
        ];
        await using var command = new NpgsqlCommand($"SELECT ARRAY[{string.Join(", ", questions.Select(q => q.Question))}]", oracle);
        bool[] answers = (bool[])(await command.ExecuteScalarAsync())!;
        return new SortedSet<string>(questions.Where((_, i) => answers[i]).Select(q => q.Label), StringComparer.Ordinal);
    }

    private static string Setup(Random lot, int version)
    {
        var sql = new StringBuilder(
            """
            CREATE SCHEMA lot;
            CREATE TABLE lot.t1 (a int); CREATE TABLE lot.t2 (a int); CREATE VIEW lot.v AS SELECT 1 AS a;
            CREATE MATERIALIZED VIEW lot.m AS SELECT 1 AS a; CREATE SEQUENCE lot.s; CREATE TYPE lot.e AS ENUM ('x'); CREATE DOMAIN lot.d AS int;
            CREATE FUNCTION lot.f(int, text) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE PROCEDURE lot.p() LANGUAGE sql AS 'SELECT 1';

            """);
        for (int i = 0; i < Roles; i++)
        {
            sql.AppendLine(CultureInfo.InvariantCulture, $"CREATE ROLE lot_{i} {(i == 0 ? "SUPERUSER" : lot.Next(4) == 0 ? "NOINHERIT" : "INHERIT")};");
        }

        // From a lower to a higher number only, so that there are no loops.
        for (int i = 0; i < Roles * 2; i++)
        {
            int role = lot.Next(1, Roles - 1);
            string options = version >= 16 && lot.Next(2) == 0 ? $" WITH INHERIT {(lot.Next(2) == 0 ? "TRUE" : "FALSE")}" : string.Empty;
            sql.AppendLine(CultureInfo.InvariantCulture, $"GRANT lot_{role} TO lot_{lot.Next(role + 1, Roles)}{options};");
        }

        sql.AppendLine(CultureInfo.InvariantCulture, $"GRANT pg_read_all_data TO lot_{lot.Next(1, Roles)}; GRANT pg_write_all_data TO lot_{lot.Next(1, Roles)};");
        if (version >= 17)
        {
            sql.AppendLine(CultureInfo.InvariantCulture, $"GRANT pg_maintain TO lot_{lot.Next(1, Roles)};");
        }

        sql.AppendLine(CultureInfo.InvariantCulture, $"ALTER DATABASE lottery OWNER TO lot_{lot.Next(1, Roles)}; GRANT ALL ON SCHEMA lot TO pg_database_owner;");
        foreach ((PgObjectType type, string name, _, string[] privileges) in Objects)
        {
            string word = type == PgObjectType.MaterializedView ? "MATERIALIZED VIEW" : type.ToString().ToUpperInvariant();
            string grantWord = type is PgObjectType.View or PgObjectType.MaterializedView ? "TABLE" : word;
            if (type != PgObjectType.Database && lot.Next(2) == 0)
            {
                sql.AppendLine(CultureInfo.InvariantCulture, $"ALTER {word} {name} OWNER TO lot_{lot.Next(1, Roles)};");
            }

            for (int i = 0; i < 3; i++)
            {
                string grantee = lot.Next(8) == 0 ? "PUBLIC" : $"lot_{lot.Next(1, Roles)}";
                sql.AppendLine(CultureInfo.InvariantCulture, $"GRANT {privileges[lot.Next(privileges.Length)]} ON {grantWord} {name} TO {grantee};");
            }

            if (lot.Next(3) == 0)
            {
                sql.AppendLine(CultureInfo.InvariantCulture, $"REVOKE {privileges[lot.Next(privileges.Length)]} ON {grantWord} {name} FROM PUBLIC;");
            }
        }

        return sql.ToString();
    }
}
