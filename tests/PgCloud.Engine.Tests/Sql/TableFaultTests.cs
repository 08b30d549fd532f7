// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

/// <summary>Whatever happens on the way: all of it or nothing, and an error with an id.</summary>
[Collection(ServerTests.Name)]
public sealed class TableFaultTests(ServerPool servers) : IDisposable
{
    private readonly CsvWorkspace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task A_backend_that_is_terminated_midway_leaves_nothing_and_the_session_mends_itself(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string table = await server.TableAsync("id int, name text");
        await server.ExecuteAsync($"INSERT INTO {table} VALUES (0, 'before')");
        await using (ITableImport import = await BeginAsync(session, new TableImportRequest(null, table) { Truncate = true }))
        {
            await SendAsync(import, 10_000);
            await server.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ops'");
            await Expect.ErrorAsync("PgCloud.Connection.Lost", PgErrorKind.Unavailable, server.Target().ToString(), async () =>
            {
                await SendAsync(import, 100_000);
                await import.CompleteAsync(CancellationToken.None);
            });
        }

        Assert.Equal("(0,before)", await server.RowsAsync(table));
        Assert.Equal(1, (await session.ImportAsync(table, _work.File("id\n1\n"))).Single().Rows);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task An_import_that_is_not_completed_leaves_nothing(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string table = await server.TableAsync("id int, name text");
        await server.ExecuteAsync($"INSERT INTO {table} VALUES (0, 'before')");
        await using (ITableImport import = await BeginAsync(session, new TableImportRequest(null, table) { Truncate = true }))
        {
            await SendAsync(import, 5_000);
        }

        Assert.Equal("(0,before)", await server.RowsAsync(table));
        Assert.Equal(1, (await session.ImportAsync(table, _work.File("id\n1\n"))).Single().Rows);
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task Cancellation_ends_the_server_too_while_it_waits_for_a_lock_or_a_trigger(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string table = await server.TableAsync("id int, name text");
        await server.ExecuteAsync($"""
            CREATE FUNCTION slow_{table}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(600); RETURN NEW; END';
            CREATE TRIGGER slow BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION slow_{table}()
            """);
        await CancelledAsync(server, session, table, _work.File("id\n1\n2\n"), truncate: false);

        await server.ExecuteAsync($"DROP TRIGGER slow ON {table}");
        await using (NpgsqlSqlSession holder = await server.OpenAsync())
        {
            await using ITableImport holding = await BeginAsync(holder, new TableImportRequest(null, table));
            await CancelledAsync(server, session, table, _work.File("id\n1\n"), truncate: true);
        }

        Assert.Equal(string.Empty, await server.RowsAsync(table));
        Assert.Equal(1, (await session.ImportAsync(table, _work.File("id\n1\n"))).Single().Rows);
        await server.ExecuteAsync($"DROP FUNCTION slow_{table}");
    }

    [Theory]
    [Server(15)]
    public async Task Cancelling_an_export_ends_it_on_the_server_and_leaves_no_file(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string file = System.IO.Path.Combine(_work.Path, "out.csv");
        foreach (string query in new[] { "SELECT pg_sleep(641)", "SELECT generate_series(1, 2000000000) /* pg_sleep(641) */" })
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(400));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                session.Tables.ExportFileAsync(new TableExportRequest(null, null, query), file, overwrite: true, stop.Token).WaitAsync(TimeSpan.FromSeconds(120)));
            await NothingRunsAsync(server, "pg_sleep(641)");
        }

        Assert.Empty(Directory.GetFileSystemEntries(_work.Path));
        Assert.Equal(["one", "1"], await TableExportTests.LinesAsync(session, new TableExportRequest(null, null, "SELECT 1 AS one")));
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_refused_import_was_shown_and_is_not_done(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string table = await server.TableAsync("id int, name text");
        await server.ExecuteAsync($"INSERT INTO {table} VALUES (0, 'before')");
        var approval = new RecordedApproval(answer: false);
        var request = new TableImportRequest(null, table) { Truncate = true, Csv = new CsvFormat { Delimiter = ';', Null = "it's" } };

        Assert.Null(await session.Tables.ImportFilesAsync(request, [_work.File("name;ID\n")], approval, CancellationToken.None));
        Assert.Null(await session.Tables.BeginRowsAsync(request, ["id"], approval, CancellationToken.None));

        string[] truncate =
            ["SET LOCAL lock_timeout = '10s'", $"TRUNCATE \"public\".\"{table}\"", "SET LOCAL lock_timeout TO DEFAULT"];
        Assert.Equal(
            [
                .. truncate,
                $"COPY \"public\".\"{table}\" (\"name\", \"id\") FROM STDIN WITH (FORMAT csv, DELIMITER ';', NULL 'it''s', HEADER)",
                .. truncate,
                $"COPY \"public\".\"{table}\" (\"id\") FROM STDIN",
            ],
            approval.Statements);
        Assert.Equal("(0,before)", await server.RowsAsync(table));
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task A_missing_right_and_a_read_only_server_are_named(int version)
    {
        TestServer server = await servers.GetAsync(version);
        string table = await server.TableAsync("id int, name text");
        await server.ExecuteAsync($"CREATE ROLE copy_reader LOGIN PASSWORD '{TestServer.Password}'; GRANT SELECT (id) ON {table} TO copy_reader");
        await using NpgsqlSqlSession session = await server.OpenAsync("copy_reader");
        string target = server.Target("copy_reader").ToString();

        PgCloudException error = await Expect.ErrorAsync("PgCloud.Sql.PermissionDenied", PgErrorKind.PermissionDenied, target, () =>
            session.ImportAsync(table, _work.File("id\n1\n")));
        Assert.Contains("INSERT on the table", error.RecommendedAction, StringComparison.Ordinal);
        error = await Expect.ErrorAsync("PgCloud.Sql.PermissionDenied", PgErrorKind.PermissionDenied, target, () =>
            session.ImportAsync(new TableImportRequest(null, table) { Truncate = true }, _work.File("id\n1\n")));
        error = await Expect.ErrorAsync("PgCloud.Sql.PermissionDenied", PgErrorKind.PermissionDenied, target, () =>
            TableExportTests.LinesAsync(session, new TableExportRequest(null, table, null)));
        Assert.Contains("SELECT", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(["id"], await TableExportTests.LinesAsync(session, new TableExportRequest(null, table, null) { Columns = ["id"] }));

        await server.ExecuteAsync("ALTER ROLE copy_reader SET default_transaction_read_only = on");
        await server.ExecuteAsync($"GRANT ALL ON {table} TO copy_reader");
        await using NpgsqlSqlSession readOnly = await server.OpenAsync("copy_reader");
        error = await Expect.ErrorAsync("PgCloud.Sql.ReadOnly", PgErrorKind.InvalidState, target, () =>
            readOnly.ImportAsync(table, _work.File("id\n1\n")));
        Assert.Equal("25006", error.SqlState);
        Assert.Contains("primary", error.RecommendedAction, StringComparison.Ordinal);
        await server.ExecuteAsync($"DROP OWNED BY copy_reader; DROP ROLE copy_reader");
    }

    [Theory]
    [Server(15)]
    public async Task What_a_trigger_raises_and_a_deferred_constraint_name_the_row_as_far_as_the_server_does(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string table = await server.TableAsync("id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, name text");
        await server.ExecuteAsync($"""
            CREATE FUNCTION picky_{table}() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN IF NEW.name = ''bad'' THEN RAISE EXCEPTION ''no % here'', NEW.name; END IF; RETURN NEW; END';
            CREATE TRIGGER picky BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION picky_{table}()
            """);

        PgInvalidRow row = await TableImportTests.InvalidAsync(() => session.ImportAsync(table, _work.File("id,name\n1,good\n2,bad\n")));
        Assert.Equal((3, "no bad here"), (row.Line, row.Reason));
        row = await TableImportTests.InvalidAsync(() => session.ImportAsync(table, _work.File("id,name\n1,a\n1,b\n")));
        Assert.Contains("Key (id)=(1) already exists", row.Reason, StringComparison.Ordinal);
        Assert.Equal(string.Empty, await server.RowsAsync(table));
        await server.ExecuteAsync($"DROP FUNCTION picky_{table} CASCADE");
    }

    private static async Task CancelledAsync(TestServer server, NpgsqlSqlSession session, string table, string file, bool truncate)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.Tables.ImportFilesAsync(
            new TableImportRequest(null, table) { Truncate = truncate }, [file], Approved.Beforehand, stop.Token).WaitAsync(TimeSpan.FromSeconds(120)));
        await NothingRunsAsync(server, truncate ? $"TRUNCATE \"public\".\"{table}\"" : $"COPY \"public\".\"{table}\"");
    }

    private static async Task<ITableImport> BeginAsync(NpgsqlSqlSession session, TableImportRequest request) =>
        (await session.Tables.BeginRowsAsync(request, ["id", "name"], Approved.Beforehand, CancellationToken.None))!;

    private static async Task SendAsync(ITableImport import, int rows)
    {
        for (int i = 0; i < rows; i++)
        {
            if (import.Add([i, "some text that takes its place"]))
            {
                await import.SendAsync(CancellationToken.None);
            }
        }
    }

    private static Task NothingRunsAsync(TestServer server, string text) => TestServer.WaitUntilAsync(async () =>
        await server.ScalarAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND strpos(query, $1) > 0", text) == 0);
}
