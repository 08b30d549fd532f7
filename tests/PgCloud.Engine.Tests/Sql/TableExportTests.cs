// SPDX-License-Identifier: MIT

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Sql.Tables;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

[Collection(ServerTests.Name)]
public sealed class TableExportTests(ServerPool servers) : IDisposable
{
    private readonly CsvWorkspace _work = new();

    private string Out => System.IO.Path.Combine(_work.Path, "out.csv");

    public void Dispose() => _work.Dispose();

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task What_is_exported_can_be_imported_whatever_the_names(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        const string schema = "\"copy; \"\"schema\"\" 語\"";
        const string table = "\"it's; DROP TABLE x; --\"";
        await server.ExecuteAsync(
            $"""
            DROP SCHEMA IF EXISTS {schema} CASCADE;
            CREATE SCHEMA {schema};
            CREATE TABLE {schema}.{table} ("a, b" int, "qu""ote" text, "multi
            line" text, "UPPER" timestamptz, upper bytea, arr text[], j jsonb, made int GENERATED ALWAYS AS ("a, b" + 1) STORED);
            INSERT INTO {schema}.{table} VALUES
                (1, NULL, '', 'infinity', '\x00ff', ARRAY['x', NULL, 'a,"b'], '{"{\"a\": [1, \"x\\ny\"]}"}'),
                (2, E'line\r\nend "q" \\. \\N', E'\\.', '2030-02-03 04:05:06.789+05:30', '', '{"{}"}', 'null'),
                (NULL, '😀', 'NULL', NULL, NULL, NULL, NULL);
            CREATE TABLE {schema}.target (LIKE {schema}.{table} INCLUDING GENERATED);
            GRANT USAGE ON SCHEMA {schema} TO ops; GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO ops
            """);
        foreach (CsvFormat csv in new CsvFormat[]
        {
            new(), new() { Delimiter = ';', Null = "N'\\U" }, new() { HasHeader = false }, new() { Delimiter = '\t', Encoding = Encoding.Unicode },
            new() { Encoding = new UTF8Encoding(true) },
        })
        {
            var export = new TableExportRequest("copy; \"schema\" 語", "it's; DROP TABLE x; --", null) { Csv = csv };
            PgTableCopy copy = await session.Tables.ExportFileAsync(export, Out, overwrite: true, CancellationToken.None);
            Assert.Equal((3, export.Schema, export.Table, Out, PgChange.None), (copy.Rows, copy.Schema, copy.Table, copy.Path, copy.Change));

            await session.ImportAsync(new TableImportRequest(export.Schema, "target") { Truncate = true, Csv = csv }, Out);
            await AssertSameAsync(server, $"{schema}.{table}", $"{schema}.target");

            if (csv.Encoding is null)
            {
                List<string> lines = await LinesAsync(session, export);
                Assert.Equal(csv.HasHeader ? 4 : 3, lines.Count);
                await session.ImportLinesAsync(new TableImportRequest(export.Schema, "target") { Truncate = true, Csv = csv }, lines);
                await AssertSameAsync(server, $"{schema}.{table}", $"{schema}.target");
            }
        }

        await server.ExecuteAsync($"DROP SCHEMA {schema} CASCADE");
    }

    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task Queries_views_and_partitions_are_exported_too(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string table = await server.TableAsync("id int, name text, PRIMARY KEY (id)");
        await server.ExecuteAsync($"""
            INSERT INTO {table} VALUES (1, 'a'), (2, 'b');
            CREATE VIEW {table}_v AS SELECT * FROM {table}; CREATE MATERIALIZED VIEW {table}_m AS SELECT * FROM {table};
            CREATE TABLE {table}_p (id int, name text) PARTITION BY LIST (id);
            CREATE TABLE {table}_p1 PARTITION OF {table}_p FOR VALUES IN (1); CREATE TABLE {table}_p2 PARTITION OF {table}_p DEFAULT;
            INSERT INTO {table}_p SELECT * FROM {table};
            GRANT ALL ON {table}_v, {table}_m, {table}_p TO ops
            """);
        string[] whole = ["id,name", "1,a", "2,b"];
        foreach (string name in new[] { table, $"{table}_v", $"{table}_m", $"{table}_p" })
        {
            Assert.Equal(whole, await LinesAsync(session, new TableExportRequest(null, name, null)));
        }

        Assert.Equal(["Name", "a", "b"], (await LinesAsync(session, new TableExportRequest(null, null, $"SELECT name AS \"Name\" FROM {table} ORDER BY 1; "))));
        Assert.Equal(["id", "1"], await LinesAsync(session, new TableExportRequest(null, null, $"SELECT id FROM {table} WHERE id = 1 -- one")));
        Assert.Equal(["name,id", "a,1", "b,2"], await LinesAsync(session, new TableExportRequest(null, table, null) { Columns = ["NAME", "id"] }));

        await session.ImportAsync($"{table}_p", _work.File("id,name\n7,c\n1,d\n"));
        Assert.Equal("(1,a) | (1,d) | (2,b) | (7,c)", await server.RowsAsync($"{table}_p"));
        await server.ExecuteAsync($"DROP TABLE {table}, {table}_p CASCADE");
    }

    [Theory]
    [Server(15)]
    public async Task A_failure_leaves_the_file_as_it_was_and_nothing_beside_it(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await File.WriteAllTextAsync(Out, "before");
        File.SetUnixFileMode(Out, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var failing = new TableExportRequest(null, null, "SELECT 1 / (50000 - n) FROM generate_series(1, 60000) n");

        PgCloudException error = await Assert.ThrowsAsync<PgCloudException>(() =>
            session.Tables.ExportFileAsync(failing, Out, overwrite: true, CancellationToken.None));
        Assert.Equal("22012", error.SqlState);
        await Expect.ErrorAsync("PgCloud.Table.FileExists", PgErrorKind.Exists, Out, () =>
            session.Tables.ExportFileAsync(new TableExportRequest(null, null, "SELECT 1"), Out, overwrite: false, CancellationToken.None));
        await Expect.ErrorAsync("PgCloud.Table.NotFound", PgErrorKind.NotFound, "nothing_here", () =>
            session.Tables.ExportFileAsync(new TableExportRequest(null, "nothing_here", null), Out, overwrite: true, CancellationToken.None));
        string missing = System.IO.Path.Combine(_work.Path, "no", "dir.csv");
        await Expect.ErrorAsync("PgCloud.Table.FileFailed", PgErrorKind.File, missing, () =>
            session.Tables.ExportFileAsync(new TableExportRequest(null, null, "SELECT 1"), missing, overwrite: true, CancellationToken.None));
        await Expect.ErrorAsync("PgCloud.Table.FileFailed", PgErrorKind.File, _work.Path, () =>
            session.Tables.ExportFileAsync(new TableExportRequest(null, null, "SELECT 1"), _work.Path, overwrite: true, CancellationToken.None));
        Assert.Equal("before", await File.ReadAllTextAsync(Out));
        Assert.Equal([Out], Directory.GetFileSystemEntries(_work.Path));

        // The session goes on, the rights stay, and a link keeps leading to the same place.
        string link = System.IO.Path.Combine(_work.Path, "link.csv");
        File.CreateSymbolicLink(link, Out);
        Assert.Equal(1, (await session.Tables.ExportFileAsync(
            new TableExportRequest(null, null, "SELECT 1 AS one"), link, overwrite: true, CancellationToken.None)).Rows);
        Assert.Equal("one\n1\n", await File.ReadAllTextAsync(Out));
        Assert.Equal(Out, new FileInfo(link).LinkTarget);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Out));
    }

    [Theory]
    [Server(15)]
    public async Task A_reader_that_stops_early_does_not_wait_for_the_rest(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await foreach (IReadOnlyList<string> _ in session.Tables.ExportLinesAsync(
            new TableExportRequest(null, null, "SELECT generate_series(1, 2000000000)"), CancellationToken.None))
        {
            break;
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{clock.Elapsed}");
        Assert.Equal(["one", "1"], await LinesAsync(session, new TableExportRequest(null, null, "SELECT 1 AS one")));
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Any_text_survives_out_and_in(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string table = await server.TableAsync("n int, a text, b text");
        string copy = await server.TableAsync("n int, a text, b text");
        Arbitrary<string?[]> rows = ArbMap.Default.ArbFor<string?>()
            .Generator.Where(text => text is null || (!text.Contains('\0', StringComparison.Ordinal) && IsWhole(text)))
            .ArrayOf(40).ToArbitrary();
        Prop.ForAll(rows, texts =>
        {
            object?[][] sent = [.. texts.Chunk(2).Select((pair, n) => new object?[] { n, pair[0], pair[^1] })];
            SurviveAsync(server, session, table, copy, sent).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Property(MaxTest = 200)]
    public void Scanning_does_not_depend_on_where_the_pieces_end(NonEmptyString text, PositiveInt size)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text.Get.Replace('x', '"').Replace('y', '\n').Replace('z', '\\').Replace('w', '.'));
        var whole = new CsvScan();
        whole.Add(bytes);
        whole.End();
        var pieces = new CsvScan();
        var lines = new CsvLines();
        List<string> records = [];
        foreach (byte[] piece in bytes.Chunk(size.Get % 7 + 1))
        {
            pieces.Add(piece);
            records.AddRange(lines.Add(piece));
        }

        pieces.End();
        Assert.Equal((whole.Records, whole.Lines, whole.MarkerLine), (pieces.Records, pieces.Lines, pieces.MarkerLine));
        Assert.Equal(new CsvLines().Add(bytes), records);
    }

    private async Task SurviveAsync(TestServer server, NpgsqlSqlSession session, string table, string copy, object?[][] rows)
    {
        await session.ImportRowsAsync(new TableImportRequest(null, table) { Truncate = true }, ["n", "a", "b"], rows.Length == 0 ? [[0, null, null]] : rows);
        foreach (object?[] row in rows)
        {
            Assert.True(await server.ScalarAsync<bool>(
                $"SELECT a IS NOT DISTINCT FROM $2 AND b IS NOT DISTINCT FROM $3 FROM {table} WHERE n = $1",
                row[0]!, Parameter(row[1]), Parameter(row[2])));
        }

        await session.Tables.ExportFileAsync(new TableExportRequest(null, table, null), Out, overwrite: true, CancellationToken.None);
        await session.ImportAsync(new TableImportRequest(null, copy) { Truncate = true }, Out);
        await AssertSameAsync(server, table, copy);
    }

    private static object Parameter(object? text) => text ?? DBNull.Value;

    private static bool IsWhole(string text) => text == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static async Task AssertSameAsync(TestServer server, string one, string other) => Assert.Equal(
        0L, await server.ScalarAsync<long>($"SELECT count(*) FROM ((TABLE {one} EXCEPT ALL TABLE {other}) UNION ALL (TABLE {other} EXCEPT ALL TABLE {one})) d"));

    internal static async Task<List<string>> LinesAsync(NpgsqlSqlSession session, TableExportRequest request)
    {
        var lines = new List<string>();
        await foreach (IReadOnlyList<string> some in session.Tables.ExportLinesAsync(request, CancellationToken.None))
        {
            lines.AddRange(some);
        }

        return lines;
    }
}
