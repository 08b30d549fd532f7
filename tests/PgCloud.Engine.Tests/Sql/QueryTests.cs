// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Net;
using System.Numerics;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Engine.Sql.Queries;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

[Collection(ServerTests.Name)]
public sealed class QueryTests(ServerPool servers)
{
    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Values_come_as_dotnet_values(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        (string Sql, object? Value)[] cases =
        [
            ("true", true),
            ("1::smallint", (short)1),
            ("-2", -2),
            ("9223372036854775807", long.MaxValue),
            ("1.50", 1.50m),
            ("'NaN'::numeric", double.NaN),
            ("'12345678901234567890123456789012345'::numeric", BigInteger.Parse("12345678901234567890123456789012345", null)),
            ("'1.0000000000000000000000000000000001'::numeric", "1.0000000000000000000000000000000001"),
            ("1.5::real", 1.5f),
            ("'Infinity'::float8", double.PositiveInfinity),
            ("0.1::float8 + 0.2::float8", 0.1 + 0.2),
            ("'text'::text", "text"),
            ("'x'::\"char\"", "x"),
            ("'abc'::varchar(2)", "ab"),
            ("'n'::name", "n"),
            ("NULL::int", null),
            ("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", Guid.Parse("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")),
            ("'\\xdeadbeef'::bytea", new byte[] { 0xde, 0xad, 0xbe, 0xef }),
            ("'2030-02-03'::date", new DateOnly(2030, 2, 3)),
            ("'infinity'::date", DateOnly.MaxValue),
            ("'0044-03-15 BC'::date", "0044-03-15 BC"),
            ("'12:34:56.789012'::time", new TimeOnly(12, 34, 56, 789, 12)),
            ("'24:00'::time", "24:00:00"),
            ("'2030-02-03 04:05:06.789012'::timestamp", new DateTime(2030, 2, 3, 4, 5, 6, 789, 12)),
            ("'infinity'::timestamp", DateTime.MaxValue),
            ("'-infinity'::timestamptz", DateTime.MinValue),
            ("'2030-02-03 04:05:06+05:30'::timestamptz", new DateTime(2030, 2, 2, 22, 35, 6, DateTimeKind.Utc)),
            ("'20000-01-01'::timestamp", "20000-01-01 00:00:00"),
            ("interval '1 day 02:03:04.5'", new TimeSpan(1, 2, 3, 4, 500)),
            ("interval '-1 day +02:03:04'", new TimeSpan(-1, 2, 3, 4)),
            ("interval '-00:00:01'", TimeSpan.FromSeconds(-1)),
            ("interval '1 year 2 days'", new PgInterval("1 year 2 days", 12, TimeSpan.FromDays(2))),
            ("'192.0.2.7'::inet", IPAddress.Parse("192.0.2.7")),
            ("'192.0.2.7/24'::inet", "192.0.2.7/24"),
            ("'192.0.2.0/24'::cidr", IPNetwork.Parse("192.0.2.0/24")),
            ("'{\"a\": [1]}'::jsonb", "{\"a\": [1]}"),
            ("ARRAY[1,2,3]", new[] { 1, 2, 3 }),
            ("ARRAY[1,NULL]", new object?[] { 1, null }),
            ("ARRAY['a \"b\"', 'NULL', 'c,d', E'e\\\\f', NULL, '']", new[] { "a \"b\"", "NULL", "c,d", "e\\f", null, string.Empty }),
            ("ARRAY[[1,2],[3,4]]", new[] { new[] { 1, 2 }, [3, 4] }),
            ("'[0:1]={5,6}'::int[]", new[] { 5, 6 }),
            ("'{}'::text[]", Array.Empty<object>()),
            ("ARRAY['infinity'::timestamptz]", new[] { DateTime.MaxValue }),
            ("'pg_class'::regclass", "pg_class"),
            ("'[1,5)'::int4range", new PgRange("[1,5)")),
            ("ROW(1, 'a b')", "(1,\"a b\")"),
            ("'postgres=UC/postgres'::aclitem", "postgres=UC/postgres"),
            ("'1'::xid", 1u),
        ];

        string columns = string.Join(", ", cases.Select((c, i) => $"{c.Sql} AS c{i}"));
        object?[] row = (await RowsAsync(session, $"SET timezone = 'Asia/Kolkata'; SELECT {columns}")).Single();
        for (int i = 0; i < cases.Length; i++)
        {
            Assert.Equal(cases[i].Value, row[i]);
            Assert.Equal(cases[i].Value?.GetType(), row[i]?.GetType());
            if (row[i] is DateTime moment)
            {
                Assert.Equal(cases[i].Sql.EndsWith("timestamptz", StringComparison.Ordinal) ? DateTimeKind.Utc : DateTimeKind.Unspecified, moment.Kind);
            }
        }
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Types_nobody_knows_come_as_text(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await server.ExecuteAsync(
            "DROP SCHEMA IF EXISTS odd CASCADE; CREATE SCHEMA odd; CREATE TYPE odd.mood AS ENUM ('sad', 'happy'); "
            + "CREATE TYPE odd.pair AS (a int, b text); CREATE DOMAIN odd.positive AS int CHECK (VALUE > 0); GRANT USAGE ON SCHEMA odd TO ops");
        await using NpgsqlSqlSession session = await server.OpenAsync();

        object?[] row = (await RowsAsync(
            session, "SELECT 'happy'::odd.mood, ARRAY['sad']::odd.mood[], ROW(1,'x')::odd.pair, 5::odd.positive, relacl FROM pg_class WHERE relname = 'pg_class'"))
            .Single();

        Assert.Equal(["happy", "{sad}", "(1,x)", 5], row[..4]);
        Assert.Contains("=r/postgres", Assert.IsType<string[]>(row[4]));
        await server.ExecuteAsync("DROP SCHEMA odd CASCADE");
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Several_result_sets_each_bring_their_columns(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        List<SqlRowBatch> batches = await BatchesAsync(
            session, "CREATE TEMP TABLE t (n int); INSERT INTO t VALUES (1), (2); SELECT n FROM t; SELECT 'x' AS a, 2 AS b WHERE false; SELECT 3 AS c");

        Assert.Equal(["n", "a,b", "c"], batches.Select(b => Names(b)).Distinct());
        Assert.Equal([1, 2], batches.Where(b => b.Columns[0].Name == "n").SelectMany(b => b.Rows).Select(r => r.Values[0]));
        Assert.Empty(batches.Single(b => b.Columns[0].Name == "a").Rows);
        Assert.Equal(3, batches[^1].Rows.Single().Values[0]);
    }

    [Theory]
    [Server(18)]
    public async Task Statements_without_rows_bring_nothing(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        Assert.Empty(await BatchesAsync(session, "SET search_path = public; CREATE TEMP TABLE nothing (n int)"));
        Assert.Empty(await BatchesAsync(session, "  -- only a comment"));
    }

    [Theory]
    [Server(18)]
    public async Task Column_names_are_made_distinct(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        SqlRowBatch batch = (await BatchesAsync(session, "SELECT 1, 2, 3 AS a, 4 AS \"A\", 5 AS a_2, 6 AS \"a b\", 7 AS a")).Single();
        Assert.Equal(["?column?", "?column?_2", "a", "A_3", "a_2", "a b", "a_4"], batch.Columns.Select(c => c.Name));
    }

    [Fact]
    public void A_column_without_a_name_gets_one() =>
        Assert.Equal(["column", "column_2", "x"], ResultShape.Distinct([string.Empty, string.Empty, "x"]));

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Parameters_are_values_and_never_SQL(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        var local = new DateTime(2030, 2, 3, 4, 5, 6, DateTimeKind.Local);
        var parameters = new Dictionary<string, object?>
        {
            ["text"] = "'; DROP TABLE x; --",
            ["id"] = "5",
            ["day"] = "2030-02-03",
            ["number"] = 7,
            ["big"] = ulong.MaxValue,
            ["nothing"] = null,
            ["list"] = new object[] { 1, 2, 3 },
            ["mixed"] = new object[] { "a", 2 },
            ["moment"] = new DateTimeOffset(2030, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)),
            ["local"] = local,
            ["address"] = IPAddress.Parse("192.0.2.7"),
            ["bytes"] = new byte[] { 1, 2 },
            ["unused"] = "not in the text",
        };
        object?[] row = (await RowsAsync(
            session,
            """
            SELECT @text, relpages + @id, @day::date, @number + 1, @big, @nothing::int, 2 = ANY (@list), @mixed, @moment, @local,
                   @address::inet, @bytes, '@text ' || ':number'
            FROM pg_class WHERE relname = 'pg_class' AND oid = 'pg_class'::regclass AND relpages + @id >= @id
            """,
            parameters)).Single();

        Assert.Equal("'; DROP TABLE x; --", row[0]);
        Assert.IsType<int>(row[1]);
        Assert.Equal(
            [new DateOnly(2030, 2, 3), 8, (decimal)ulong.MaxValue, null, true, new[] { "a", "2" }, new DateTime(2030, 2, 3, 2, 5, 6, DateTimeKind.Utc),
            local.ToUniversalTime(), IPAddress.Parse("192.0.2.7"), new byte[] { 1, 2 }, "@text :number"],
            row[2..]);
    }

    [Theory]
    [Server(18)]
    public async Task Values_that_cannot_be_sent_are_refused(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        foreach (object value in new object[] { new Dictionary<string, object>(), Passwords.FromCharacters("secret"), "a\0b", new object() })
        {
            await Expect.ErrorAsync("PgCloud.Sql.ParameterInvalid", PgErrorKind.InvalidArgument, "p", () =>
                BatchesAsync(session, "SELECT @p", new Dictionary<string, object?> { ["p"] = value }));
        }
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task The_first_row_arrives_before_the_last_is_made(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await using NpgsqlSqlSession gate = await server.OpenAsync();
        await BatchesAsync(gate, "SELECT pg_advisory_lock(4711)");

        // The padding fills the server's output buffer, which it sends when it is full: the second row sends the end of the first. The rest of them are
        // made once that has arrived.
        const string sql = """
            SET lock_timeout = '20s';
            SELECT n, repeat('x', 9000) FROM generate_series(1, 4) n,
                LATERAL (SELECT CASE WHEN n = 3 THEN pg_advisory_xact_lock(4711) END) s
            """;
        int rows = 0;
        await foreach (SqlRowBatch batch in session.QueryAsync(Query(sql), CancellationToken.None))
        {
            if (rows == 0)
            {
                await BatchesAsync(gate, "SELECT pg_advisory_unlock(4711)");
            }

            rows += batch.Rows.Count;
        }

        Assert.Equal(4, rows);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Many_rows_come_in_batches_that_grow_to_a_limit(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        List<SqlRowBatch> batches = await BatchesAsync(session, "SELECT n FROM generate_series(1, 20000) n");
        Assert.Equal(Enumerable.Range(1, 20000), batches.SelectMany(b => b.Rows).Select(r => (int)r.Values[0]!));
        Assert.Single(batches[0].Rows);
        Assert.InRange(batches.Max(b => b.Rows.Count), 2, 4096);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_reader_that_stops_early_does_not_wait_for_the_rest(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        var clock = Stopwatch.StartNew();
        await foreach (SqlRowBatch _ in session.QueryAsync(Query("SELECT generate_series(1, 2000000000)"), CancellationToken.None))
        {
            break;
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{clock.Elapsed}");
        Assert.Equal(1, (await RowsAsync(session, "SELECT 1")).Single()[0]);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_statement_that_takes_too_long_is_cancelled_on_the_server(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        var clock = Stopwatch.StartNew();
        await Expect.ErrorAsync("PgCloud.Sql.Timeout", PgErrorKind.Timeout, server.Target().ToString(), () => DrainAsync(
            session.QueryAsync(new SqlQuery("SELECT pg_sleep(300)", new Dictionary<string, object?>(), TimeSpan.FromMilliseconds(300)), CancellationToken.None)));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{clock.Elapsed}");
        await NothingRunsAsync(server, "pg_sleep(300)");
        // The session is as good as before.
        Assert.Equal(1, (await RowsAsync(session, "SELECT 1")).Single()[0]);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_server_side_statement_timeout_is_the_same_error(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await BatchesAsync(session, "SET statement_timeout = 100");
        await Expect.ErrorAsync(
            "PgCloud.Sql.Timeout", PgErrorKind.Timeout, server.Target().ToString(), () => BatchesAsync(session, "SELECT pg_sleep(300)"));
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Cancellation_reaches_the_server(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DrainAsync(session.QueryAsync(Query("SELECT pg_sleep(310)"), stop.Token)));
        await NothingRunsAsync(server, "pg_sleep(310)");
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task What_the_server_refuses_keeps_its_SQLSTATE(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string target = server.Target().ToString();
        PgCloudException error = await Expect.ErrorAsync(
            "PgCloud.Sql.Failed", PgErrorKind.InvalidOperation, target, () => BatchesAsync(session, "SELECT * FROM missing_table"));
        Assert.Equal("42P01", error.SqlState);
        Assert.Contains("missing_table", error.Message, StringComparison.Ordinal);

        error = await Expect.ErrorAsync("PgCloud.Sql.Failed", PgErrorKind.InvalidOperation, target, () => BatchesAsync(
            session, "CREATE TEMP TABLE once (n int PRIMARY KEY); INSERT INTO once VALUES (1), (1)"));
        Assert.Equal("23505", error.SqlState);
        Assert.Contains("Key (n)=(1) already exists", error.Message, StringComparison.Ordinal);

        await Expect.ErrorAsync("PgCloud.Sql.PermissionDenied", PgErrorKind.PermissionDenied, target, () => BatchesAsync(
            session, "SELECT pg_read_file('postmaster.pid')"));

        // A failure between rows: those before it have been handed over.
        int rows = 0;
        error = await Assert.ThrowsAsync<PgCloudException>(async () =>
        {
            await foreach (SqlRowBatch batch in session.QueryAsync(Query("SELECT 1 / (5000 - n) FROM generate_series(1, 9000) n"), CancellationToken.None))
            {
                rows += batch.Rows.Count;
            }
        });
        Assert.Equal("22012", error.SqlState);
        Assert.InRange(rows, 1, 4999);
        Assert.Equal(1, (await RowsAsync(session, "SELECT 1")).Single()[0]);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_backend_that_is_terminated_is_a_lost_connection_and_the_session_mends_itself(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        int pid = (int)(await RowsAsync(session, "SELECT pg_backend_pid()")).Single()[0]!;
        Task query = BatchesAsync(session, "SELECT pg_sleep(32)");
        await TestServer.WaitUntilAsync(async () =>
            await server.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND query LIKE '%pg_sleep(32)%'", pid) == 1);
        await server.ExecuteAsync($"SELECT pg_terminate_backend({pid})");

        await Expect.ErrorAsync("PgCloud.Connection.Lost", PgErrorKind.Unavailable, server.Target().ToString(), () => query);
        Assert.NotEqual(pid, (await RowsAsync(session, "SELECT pg_backend_pid()")).Single()[0]);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Another_session_that_cancels_is_not_a_timeout(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        Task query = BatchesAsync(session, "SELECT pg_sleep(33)");
        await TestServer.WaitUntilAsync(async () =>
            await server.ScalarAsync<bool>("SELECT coalesce(bool_or(pg_cancel_backend(pid)), false) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(33)%'"));
        await Expect.ErrorAsync("PgCloud.Sql.Cancelled", PgErrorKind.Unavailable, server.Target().ToString(), () => query);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Waiting_for_a_lock_and_writing_where_nothing_may_be_written_have_their_own_errors(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession holder = await server.OpenAsync();
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string target = server.Target().ToString();
        await BatchesAsync(holder, "SELECT pg_advisory_lock(42)");
        await Expect.ErrorAsync("PgCloud.Sql.LockTimeout", PgErrorKind.Unavailable, target, () => BatchesAsync(
            session, "SET lock_timeout = 50; SELECT pg_advisory_lock(42)"));

        PgCloudException error = await Expect.ErrorAsync("PgCloud.Sql.ReadOnly", PgErrorKind.InvalidState, target, () => BatchesAsync(
            session, "BEGIN READ ONLY; CREATE TABLE nowhere (n int)"));
        Assert.Equal("25006", error.SqlState);
        Assert.Contains("primary", error.RecommendedAction, StringComparison.Ordinal);
        await BatchesAsync(session, "ROLLBACK");
    }

    [Theory]
    [Server(18)]
    public async Task COPY_through_a_query_is_refused_and_the_session_goes_on(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await Expect.ErrorAsync("PgCloud.Sql.CopyNotSupported", PgErrorKind.NotSupported, server.Target().ToString(), () => BatchesAsync(
            session, "COPY (SELECT 1) TO STDOUT"));
        Assert.Equal(1, (await RowsAsync(session, "SELECT 1")).Single()[0]);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_serialization_failure_is_a_conflict(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await server.ExecuteAsync("DROP TABLE IF EXISTS contended; CREATE TABLE contended (n int); INSERT INTO contended VALUES (1); GRANT ALL ON contended TO ops");
        await using NpgsqlSqlSession first = await server.OpenAsync();
        await using NpgsqlSqlSession second = await server.OpenAsync();
        await BatchesAsync(first, "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT * FROM contended");
        await BatchesAsync(second, "UPDATE contended SET n = 2");

        PgCloudException error = await Expect.ErrorAsync("PgCloud.Sql.Conflict", PgErrorKind.Unavailable, server.Target().ToString(), () =>
            BatchesAsync(first, "UPDATE contended SET n = 3"));
        Assert.Equal("40001", error.SqlState);
        await BatchesAsync(first, "ROLLBACK");
        await server.ExecuteAsync("DROP TABLE contended");
    }

    private static SqlQuery Query(string sql, IReadOnlyDictionary<string, object?>? parameters = null) =>
        new(sql, parameters ?? new Dictionary<string, object?>(), null);

    private static async Task<List<SqlRowBatch>> BatchesAsync(
        NpgsqlSqlSession session, string sql, IReadOnlyDictionary<string, object?>? parameters = null)
    {
        var batches = new List<SqlRowBatch>();
        await foreach (SqlRowBatch batch in session.QueryAsync(Query(sql, parameters), CancellationToken.None))
        {
            batches.Add(batch);
        }

        return batches;
    }

    private static string Names(SqlRowBatch batch) => string.Join(",", batch.Columns.Select(c => c.Name));

    private static async Task<List<object?[]>> RowsAsync(
        NpgsqlSqlSession session, string sql, IReadOnlyDictionary<string, object?>? parameters = null) =>
        [.. (await BatchesAsync(session, sql, parameters)).SelectMany(batch => batch.Rows).Select(row => row.Values)];

    private static async Task DrainAsync(IAsyncEnumerable<SqlRowBatch> batches)
    {
        await foreach (SqlRowBatch _ in batches)
        {
        }
    }

    private static Task NothingRunsAsync(TestServer server, string text) => TestServer.WaitUntilAsync(async () =>
        await server.ScalarAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%' || $1 || '%'", text) == 0);
}
