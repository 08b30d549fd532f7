// SPDX-License-Identifier: MIT

using System.Net;
using System.Numerics;
using System.Text;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Tests.Sql.Servers;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

[Collection(ServerTests.Name)]
public sealed class TableImportTests(ServerPool servers) : IDisposable
{
    private readonly CsvWorkspace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task A_file_goes_in_by_its_header(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string table = await server.TableAsync("id int, name text, note text, \"Odd \"\"one\"\"\" text DEFAULT 'd'");
        string file = _work.File("note,ID,\"name\"\r\n\"multi\nline, \"\"quoted\"\"\",1,Zoë 語 😀\r\n,2,\"\"\r\nback\\slash,3,x");

        PgTableCopy copy = (await session.ImportAsync(table, file)).Single();

        Assert.Equal((3, "public", table, file, PgChange.Updated), (copy.Rows, copy.Schema, copy.Table, copy.Path, copy.Change));
        Assert.Equal(
            "(1,\"Zoë 語 😀\",\"multi\nline, \"\"quoted\"\"\",d) | (2,\"\",,d) | (3,x,\"back\\\\slash\",d)", await server.RowsAsync(table));
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_file_without_header_goes_in_by_place_or_by_the_columns_that_are_named(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string table = await server.TableAsync("id int, twice int GENERATED ALWAYS AS (id * 2) STORED, name text");
        var plain = new CsvFormat { HasHeader = false, Delimiter = ';', Null = "NULL" };

        await session.ImportAsync(new TableImportRequest(null, table) { Csv = plain }, _work.File("1;NULL\n2;\"NULL\"\n"));
        await session.ImportAsync(new TableImportRequest("public", table) { Csv = plain, Columns = ["name", "ID"] }, _work.File("x;3\n"));
        await session.ImportAsync(new TableImportRequest(null, table) { Columns = ["name", "id"] }, _work.File("whatever,this is\ny,4\n"));
        await session.ImportAsync(
            new TableImportRequest(null, table) { ColumnMap = new Dictionary<string, string> { ["Nummer"] = "id" } }, _work.File("Nummer\n5\n"));

        Assert.Equal("(1,2,) | (2,4,NULL) | (3,6,x) | (4,8,y) | (5,10,)", await server.RowsAsync(table));
    }

    [Theory]
    [Server(18)]
    public async Task Byte_order_marks_are_skipped_and_other_encodings_read(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        const string text = "id,name\n1,Zoë\n";
        (Encoding Written, Encoding? Told)[] cases =
        [
            (new UTF8Encoding(true), null),
            (new UTF8Encoding(true), Encoding.UTF8),
            (Encoding.Unicode, null),
            (Encoding.BigEndianUnicode, null),
            (new UnicodeEncoding(false, false), Encoding.Unicode),
            (Encoding.Latin1, Encoding.Latin1),
            (Encoding.UTF32, Encoding.UTF32),
        ];
        foreach ((Encoding written, Encoding? told) in cases)
        {
            string table = await server.TableAsync("id int, name text");
            string file = _work.File([.. written.GetPreamble(), .. written.GetBytes(text)]);
            await session.ImportAsync(new TableImportRequest(null, table) { Csv = new CsvFormat { Encoding = told } }, file);
            Assert.Equal("(1,Zoë)", await server.RowsAsync(table));
        }

        string strict = await server.TableAsync("id int, name text");
        string latin = _work.File(Encoding.Latin1.GetBytes(text));
        await Expect.ErrorAsync("PgCloud.Table.FileFailed", PgErrorKind.File, latin, () => session.ImportAsync(
            new TableImportRequest(null, strict) { Csv = new CsvFormat { Encoding = Encoding.ASCII } }, latin));
        PgInvalidRow row = await InvalidAsync(() => session.ImportAsync(strict, latin));
        Assert.Equal(2, row.Line);
        Assert.Equal(string.Empty, await server.RowsAsync(strict));
    }

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task A_bad_row_is_named_and_nothing_goes_in(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string table = await server.TableAsync("id int PRIMARY KEY CHECK (id < 100), \"a name\" text NOT NULL");
        await server.ExecuteAsync($"INSERT INTO {table} VALUES (99, 'was here')");
        (string Text, long Line, string Column, string? Value)[] cases =
        [
            ("id,a name\n1,a\n2,b\nthree,c\n", 4, "id", "three"),
            ("id,\"a name\"\n1,a\n2\n", 3, "a name", null),
            ("id,a name\n1,a\n2,b,extra\n", 3, string.Empty, null),
            ("id,a name\n1,a\n2,\n", 3, "a name", null),
            ("id,a name\n1,a\n1,b\n", 3, string.Empty, null),
            ("id,a name\n1,\"two\nlines\"\n100,b\n", 4, string.Empty, null),
            ("id,a name\n1,never closed \"\n2,b\n", 4, string.Empty, null),
        ];
        foreach ((string text, long line, string column, string? value) in cases)
        {
            string file = _work.File(text);
            PgInvalidRow row = await InvalidAsync(() => session.ImportAsync(new TableImportRequest(null, table) { Truncate = true }, file));
            Assert.Equal((line, file, $"public.{table}", value), (row.Line, row.Path, row.Table, row.Value));
            Assert.Contains(row.Column, new[] { column, string.Empty });
            Assert.Equal("(99,\"was here\")", await server.RowsAsync(table));
        }

        // The session goes on.
        Assert.Equal(1, (await session.ImportAsync(table, _work.File("id,A Name\n7,x"))).Single().Rows);
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Several_files_are_one_transaction(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string table = await server.TableAsync("id int, name text");
        string good = _work.File("id\n1\n");
        string other = _work.File("name,id\na,2\nb,3\n");
        string bad = _work.File("id\nx\n");

        Assert.Equal(bad, (await InvalidAsync(() => session.ImportAsync(table, good, other, bad))).Path);
        Assert.Equal(string.Empty, await server.RowsAsync(table));
        Assert.Equal([1, 2], (await session.ImportAsync(table, good, other)).Select(copy => copy.Rows));
        Assert.Equal("(1,) | (2,a) | (3,b)", await server.RowsAsync(table));
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Tables_and_columns_that_are_not_there_are_named(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string table = await server.TableAsync("id int, name text, \"NAME\" text, made int GENERATED ALWAYS AS (1) STORED");
        string schema = $"s_{table}";
        await server.ExecuteAsync($"CREATE SCHEMA {schema}; CREATE TABLE {schema}.elsewhere_{table} ()");
        string file = _work.File("id\n1\n");

        PgCloudException error = await Expect.ErrorAsync("PgCloud.Table.NotFound", PgErrorKind.NotFound, $"Elsewhere_{table}", () =>
            session.ImportAsync($"Elsewhere_{table}", file));
        Assert.Contains($"{schema}.elsewhere_{table}", error.RecommendedAction, StringComparison.Ordinal);
        await Expect.ErrorAsync("PgCloud.Table.NotFound", PgErrorKind.NotFound, "no.such", () =>
            session.ImportAsync(new TableImportRequest("no", "such"), file));

        error = await Expect.ErrorAsync("PgCloud.Table.ColumnNotFound", PgErrorKind.NotFound, "nome", () =>
            session.ImportAsync(table, _work.File("id,nome\n")));
        Assert.Contains("id, name, NAME", error.RecommendedAction, StringComparison.Ordinal);
        await Expect.ErrorAsync("PgCloud.Table.ColumnAmbiguous", PgErrorKind.InvalidArgument, "Name", () =>
            session.ImportAsync(table, _work.File("id,Name\n")));
        await Expect.ErrorAsync("PgCloud.Table.ColumnAmbiguous", PgErrorKind.InvalidArgument, "ID", () =>
            session.ImportAsync(table, _work.File("id,ID\n")));
        await Expect.ErrorAsync("PgCloud.Table.ColumnGenerated", PgErrorKind.InvalidArgument, "made", () =>
            session.ImportAsync(table, _work.File("id,made\n")));
        string empty = _work.File(string.Empty);
        await Expect.ErrorAsync("PgCloud.Table.HeaderMissing", PgErrorKind.InvalidArgument, empty, () => session.ImportAsync(table, empty));
        await Expect.ErrorAsync("PgCloud.Table.FileNotFound", PgErrorKind.NotFound, "/no-such.csv", () => session.ImportAsync(table, "/no-such.csv"));
        await Expect.ErrorAsync("PgCloud.Table.FileFailed", PgErrorKind.File, _work.Path, () => session.ImportAsync(table, _work.Path));
        Assert.Equal(string.Empty, await server.RowsAsync(table));
        await server.ExecuteAsync($"DROP SCHEMA {schema} CASCADE");
    }

    [Theory]
    [Server(14)]
    [Server(17)]
    [Server(18)]
    public async Task An_end_marker_drops_nothing_in_silence(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string table = await server.TableAsync("name text");
        string file = _work.File("name\na\n\\.\nb\n");
        if (version >= 18)
        {
            Assert.Equal(3, (await session.ImportAsync(table, file)).Single().Rows);
            Assert.Equal("(\"\\\\.\") | (a) | (b)", await server.RowsAsync(table));
            return;
        }

        Assert.Equal((3, "\\."), await InvalidAsync(() => session.ImportAsync(table, file)) is var row ? (row.Line, row.Value) : default);
        Assert.Equal(string.Empty, await server.RowsAsync(table));
        await session.ImportAsync(table, _work.File("name\n\"\\.\"\nb\n\\.c\n"));
        Assert.Equal("(\"\\\\.\") | (\"\\\\.c\") | (b)", await server.RowsAsync(table));
    }

    [Theory]
    [Server(14)]
    [Server(15)]
    [Server(16)]
    [Server(17)]
    [Server(18)]
    public async Task Values_of_dotnet_arrive_as_what_they_are(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        var utc = new DateTime(2030, 2, 3, 4, 5, 6, 789, DateTimeKind.Utc);
        (string Type, object? Value, string Equal)[] cases =
        [
            ("int", 42, "42"),
            ("bigint", long.MinValue, "'-9223372036854775808'"),
            ("numeric", 1.50m, "1.50"),
            ("numeric", BigInteger.Pow(10, 40), "1e40"),
            ("float8", 0.1 + 0.2, "0.1::float8 + 0.2::float8"),
            ("float8", double.NegativeInfinity, "'-Infinity'"),
            ("real", 1.5f, "1.5"),
            ("boolean", true, "true"),
            ("text", "a\tb\nc\rd\\e\\N\0".TrimEnd('\0'), "E'a\\tb\\nc\\rd\\\\e\\\\N'"),
            ("text", string.Empty, "''"),
            ("text", "\\N", "E'\\\\N'"),
            ("text", "\\.", "E'\\\\.'"),
            ("text", 'x', "'x'"),
            ("text", DayOfWeek.Friday, "'Friday'"),
            ("uuid", Guid.Parse("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"), "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"),
            ("bytea", new byte[] { 0, 0x5c, 0xff }, "'\\x005cff'"),
            ("date", new DateOnly(2030, 2, 3), "'2030-02-03'"),
            ("date", DateOnly.MaxValue, "'infinity'"),
            ("time", new TimeOnly(12, 34, 56, 789), "'12:34:56.789'"),
            ("time", new TimeSpan(12, 34, 56), "'12:34:56'"),
            ("timestamp", new DateTime(2030, 2, 3, 4, 5, 6), "'2030-02-03 04:05:06'"),
            ("timestamp", new DateTime(2030, 2, 3, 4, 5, 6, DateTimeKind.Local), "'2030-02-03 04:05:06'"),
            ("timestamptz", utc, "'2030-02-03 04:05:06.789Z'"),
            ("timestamptz", utc.ToLocalTime(), "'2030-02-03 04:05:06.789Z'"),
            ("timestamptz", new DateTimeOffset(2030, 2, 3, 4, 5, 6, new TimeSpan(-3, -30, 0)), "'2030-02-03 04:05:06-03:30'"),
            ("timestamptz", DateTime.MaxValue, "'infinity'"),
            ("interval", new TimeSpan(-1, -2, -3, -4, -500), "'-1 day -02:03:04.5'"),
            ("interval", TimeSpan.FromSeconds(-1), "'-00:00:01'"),
            ("inet", IPAddress.Parse("2001:db8::1"), "'2001:db8::1'"),
            ("cidr", IPNetwork.Parse("192.0.2.0/24"), "'192.0.2.0/24'"),
            ("int[]", new[] { 1, 2, 3 }, "'{1,2,3}'"),
            ("text[]", new object?[] { "a \"b\"", null, "NULL", "c,d\\", string.Empty }, "ARRAY['a \"b\"', NULL, 'NULL', E'c,d\\\\', '']"),
            ("int[]", new object[] { new[] { 1, 2 }, new[] { 3, 4 } }, "'{{1,2},{3,4}}'"),
            ("bytea[]", new[] { new byte[] { 1 } }, "ARRAY['\\x01'::bytea]"),
            ("int[]", Array.Empty<int>(), "'{}'"),
            ("jsonb", "{\"a\": [1]}", "'{\"a\": [1]}'"),
            ("int4range", "[1,5)", "'[1,5)'"),
        ];
        string table = await server.TableAsync(string.Join(", ", cases.Select((c, i) => $"c{i} {c.Type}")) + ", nothing text");
        await server.ExecuteAsync("ALTER ROLE ops SET intervalstyle = sql_standard; ALTER ROLE ops SET datestyle = 'SQL, DMY'");
        await using NpgsqlSqlSession odd = await server.OpenAsync();
        foreach (NpgsqlSqlSession each in new[] { session, odd })
        {
            PgTableCopy copy = await each.ImportRowsAsync(
                new TableImportRequest(null, table) { Truncate = true },
                [.. cases.Select((_, i) => $"C{i}"), "nothing"],
                [[.. cases.Select(c => c.Value), null]]);

            Assert.Equal((1, PgChange.Updated), (copy.Rows, copy.Change));
            for (int i = 0; i < cases.Length; i++)
            {
                Assert.True(
                    await server.ScalarAsync<bool>($"SELECT c{i} = {cases[i].Equal}::{cases[i].Type} FROM {table}"),
                    $"{cases[i].Type} {cases[i].Value}: {await server.ScalarAsync<string>($"SELECT c{i}::text FROM {table}")}");
            }

            Assert.True(await server.ScalarAsync<bool>($"SELECT nothing IS NULL FROM {table}"));
        }

        await server.ExecuteAsync("ALTER ROLE ops RESET ALL");
    }

    [Theory]
    [Server(15)]
    public async Task Properties_are_chosen_and_renamed(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string table = await server.TableAsync("id int, name text, note text");
        var request = new TableImportRequest(null, table)
        {
            Columns = ["name", "id"],
            ColumnMap = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["ProcessName"] = "name" },
            Csv = new CsvFormat { Null = string.Empty },
        };

        await using (ITableImport import = (await session.Tables.BeginRowsAsync(
            request, ["Id", "Handles", "ProcessName"], Approved.Beforehand, CancellationToken.None))!)
        {
            Assert.Equal(["ProcessName", "Id"], import.Names);
            import.Add(["pwsh", 1]);
            import.Add([string.Empty, 2]);
            await import.CompleteAsync(CancellationToken.None);
        }

        Assert.Equal("(1,pwsh,) | (2,,)", await server.RowsAsync(table));
        await Expect.ErrorAsync("PgCloud.Table.ColumnNotFound", PgErrorKind.NotFound, "Handles", () =>
            session.ImportRowsAsync(new TableImportRequest(null, table), ["Id", "Handles"], []));
        await Expect.ErrorAsync("PgCloud.Table.PropertyNotFound", PgErrorKind.NotFound, "note", () =>
            session.ImportRowsAsync(new TableImportRequest(null, table) { Columns = ["note"] }, ["Id"], []));
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_value_that_cannot_go_in_names_its_row_and_column(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string table = await server.TableAsync("id int, name text");
        foreach (object bad in new object[] { "a\0b", "\ud800", new Dictionary<string, string>(), new int[1, 1], new object() })
        {
            PgInvalidRow row = await InvalidAsync(() => session.ImportRowsAsync(new TableImportRequest(null, table), ["id", "name"], [[1, "a"], [2, bad]]));
            Assert.Equal((2, "name"), (row.Line, row.Column));
        }

        PgInvalidRow third = await InvalidAsync(() =>
            session.ImportRowsAsync(new TableImportRequest(null, table), ["id", "name"], [[1, "a"], [2, "b"], ["", "c"], [4, "d"]]));
        Assert.Equal((3, "id", string.Empty), (third.Line, third.Column, third.Value));
        Assert.Equal(string.Empty, await server.RowsAsync(table));
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task Lines_of_CSV_go_in_as_they_are(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string table = await server.TableAsync("id int, name text");

        PgTableCopy copy = await session.ImportLinesAsync(new TableImportRequest(null, table), ["name,id", "\"a\nb\",1", ",2"]);
        await session.ImportLinesAsync(new TableImportRequest(null, table) { Csv = new CsvFormat { HasHeader = false } }, ["3,c\r\n", "4,d"]);

        Assert.Equal(2, copy.Rows);
        Assert.Equal("(1,\"a\nb\") | (2,) | (3,c) | (4,d)", await server.RowsAsync(table));
        PgInvalidRow row = await InvalidAsync(() => session.ImportLinesAsync(new TableImportRequest(null, table), ["id", "1", "x"]));
        Assert.Equal((3, "id", "x"), (row.Line, row.Column, row.Value));
    }

    internal static async Task<PgInvalidRow> InvalidAsync(Func<Task> work)
    {
        PgCloudException error = await Assert.ThrowsAsync<PgCloudException>(work);
        Assert.Equal(("PgCloud.Table.RowInvalid", PgErrorKind.InvalidOperation), (error.ErrorId, error.Kind));
        return Assert.IsType<PgInvalidRow>(error.Target);
    }
}
