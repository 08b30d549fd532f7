// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Globalization;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Local;
using PgCloud.Engine.Sql;

namespace PgCloud.Benchmarks;

/// <summary>
///   Import and export of CSV against psql's \copy, on one server over one kind of connection: verified TLS, as every client of a cloud has.
/// </summary>
internal static class CopyBenchmark
{
    private const int Rows = 1_000_000;
    private const int Rounds = 5;

    internal static async Task RunAsync()
    {
        using var work = new Workspace();
        await using BenchmarkServer server = await BenchmarkServer.StartAsync(work.Path);
        string csv = Path.Combine(work.Path, "in.csv");
        string output = Path.Combine(work.Path, "out.csv");
        await using NpgsqlSqlSession session = await BenchmarkConnection.OpenSessionAsync(server);
        await RunSqlAsync(session, $"""
            CREATE UNLOGGED TABLE source AS SELECT n::int AS id, n::bigint * 1000 AS big, 'customer ' || n AS name,
                (n % 1000) / 8.0::numeric(12,3) AS price, n % 2 = 0 AS paid, DATE '2020-01-01' + n % 1000 AS day,
                TIMESTAMPTZ '2020-01-01 00:00:00+00' + n * INTERVAL '1 second' AS moment, md5(n::text)::uuid AS code
            FROM generate_series(1, {Rows}) n;
            CREATE TABLE target (LIKE source);
            CREATE TABLE small AS SELECT * FROM source LIMIT 100000
            """);
        await session.Tables.ExportFileAsync(new TableExportRequest(null, "source", null), csv, overwrite: true, CancellationToken.None);
        string format = string.Create(CultureInfo.InvariantCulture, $"{Rows} rows, {new FileInfo(csv).Length / 1e6:0} MB");
        Console.WriteLine(format);

        async Task<double> AfterTruncateAsync(Func<Task> way)
        {
            await RunSqlAsync(session, "TRUNCATE target; CHECKPOINT");
            return await Pairs.TimeAsync(way);
        }

        double[][] times = await Pairs.MeasureAsync(
            Rounds,
            () => AfterTruncateAsync(() => PsqlAsync(server, $"\\copy target FROM '{csv}' WITH (FORMAT csv, HEADER)")),
            () => AfterTruncateAsync(() => ImportAsync(server, csv)),
            () => Pairs.TimeAsync(() => PsqlAsync(server, $"\\copy source TO '{output}' WITH (FORMAT csv, HEADER)")),
            () => Pairs.TimeAsync(() => ExportAsync(server, output)));
        Print("in process", times);

        if (Shell.IsThere())
        {
            await InShellAsync(work, server, csv, output, AfterTruncateAsync);
        }
    }

    private static void Print(string where, double[][] times)
    {
        Pairs.Print("import by psql's \\copy", Pairs.Median(times[0]), "ms");
        Pairs.Print($"Import-PgTable, {where}", Pairs.Median(times[1]), "ms");
        Pairs.Print($"  time over psql's, {where}", Pairs.MedianOf(times[1], times[0], (a, b) => a / b), "x", 1.25);
        Pairs.Print("export by psql's \\copy", Pairs.Median(times[2]), "ms");
        Pairs.Print($"Export-PgTable, {where}", Pairs.Median(times[3]), "ms");
        Pairs.Print($"  time over psql's, {where}", Pairs.MedianOf(times[3], times[2], (a, b) => a / b), "x", 1.25);
    }

    /// <summary>The same in a fresh shell, whose cmdlet has run once: the time is the cmdlet's own, connecting included.</summary>
    private static async Task InShellAsync(
        Workspace work, BenchmarkServer server, string csv, string output, Func<Func<Task>, Task<double>> afterTruncate)
    {
        async Task<double> CmdletAsync(string name, string warmUp, string command)
        {
            string script = work.Script(name, $$"""
                {{server.ConnectionScript}}
                $null = {{warmUp}}
                $null = Invoke-PgQuery 'TRUNCATE target' -Connection $connection
                (Measure-Command { {{command}} }).TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
                """);
            return double.Parse((await Shell.RunAsync(script)).Output, CultureInfo.InvariantCulture);
        }

        string little = Path.Combine(work.Path, "little.csv");
        await File.WriteAllLinesAsync(little, File.ReadLines(csv).Take(100));
        string import = $"Import-PgTable target -Connection $connection -Path '{csv}'";
        string importLittle = $"Import-PgTable target -Connection $connection -Path '{little}'";
        string export = $"Export-PgTable source -Connection $connection -Path '{output}'";
        string exportLittle = $"Export-PgTable -Query 'SELECT 1' -Connection $connection -Path '{output}'";
        double[][] times = await Pairs.MeasureAsync(
            Rounds,
            () => afterTruncate(() => PsqlAsync(server, $"\\copy target FROM '{csv}' WITH (FORMAT csv, HEADER)")),
            () => CmdletAsync("import.ps1", importLittle, import),
            () => Pairs.TimeAsync(() => PsqlAsync(server, $"\\copy source TO '{output}' WITH (FORMAT csv, HEADER)")),
            () => CmdletAsync("export.ps1", exportLittle, export));
        Print("in pwsh", times);

        string small = Path.Combine(work.Path, "small.csv");
        await File.WriteAllLinesAsync(small, File.ReadLines(csv).Take(100_001));
        string exportSmall = $"Export-PgTable small -Connection $connection -Path '{output}'";
        double[][] objects = await Pairs.MeasureAsync(
            3,
            () => CmdletAsync("rows.ps1", importLittle, $"Import-Csv '{small}' | Import-PgTable target -Connection $connection"),
            () => CmdletAsync("alone.ps1", importLittle, $"Import-Csv '{small}' | Out-Null"),
            () => CmdletAsync("file.ps1", importLittle, $"Import-PgTable target -Connection $connection -Path '{small}'"),
            () => CmdletAsync("csv.ps1", exportLittle, $"Invoke-PgQuery 'SELECT * FROM small' -Connection $connection | Export-Csv '{output}'"),
            () => CmdletAsync("small.ps1", exportLittle, exportSmall),
            () => CmdletAsync("lines.ps1", exportLittle, "Export-PgTable small -Connection $connection | Out-Null"),
            () => CmdletAsync("through.ps1", importLittle, "Export-PgTable small -Connection $connection | Import-PgTable target -Connection $connection"));
        Pairs.Print("100,000 rows: Import-Csv | Import-PgTable", Pairs.Median(objects[0]), "ms");
        Pairs.Print("  of that, Import-Csv alone", Pairs.Median(objects[1]), "ms");
        Pairs.Print("  the same file, Import-PgTable -Path", Pairs.Median(objects[2]), "ms");
        Pairs.Print("100,000 rows: Invoke-PgQuery | Export-Csv", Pairs.Median(objects[3]), "ms");
        Pairs.Print("  the same table, Export-PgTable -Path", Pairs.Median(objects[4]), "ms");
        Pairs.Print("  the same table, Export-PgTable as lines", Pairs.Median(objects[5]), "ms");
        Pairs.Print("  the same table, Export-PgTable | Import-PgTable", Pairs.Median(objects[6]), "ms");
    }

    private static async Task ImportAsync(BenchmarkServer server, string csv)
    {
        await using NpgsqlSqlSession session = await BenchmarkConnection.OpenSessionAsync(server);
        IReadOnlyList<PgTableCopy>? copies = await session.Tables.ImportFilesAsync(
            new TableImportRequest(null, "target"), [csv], Approved.Beforehand, CancellationToken.None);
        Expect(copies![0].Rows);
    }

    private static async Task ExportAsync(BenchmarkServer server, string output)
    {
        await using NpgsqlSqlSession session = await BenchmarkConnection.OpenSessionAsync(server);
        Expect((await session.Tables.ExportFileAsync(
            new TableExportRequest(null, "source", null), output, overwrite: true, CancellationToken.None)).Rows);
    }

    private static void Expect(long rows)
    {
        if (rows != Rows)
        {
            throw new InvalidOperationException($"{rows} rows were copied.");
        }
    }

    private static async Task RunSqlAsync(NpgsqlSqlSession session, string sql)
    {
        foreach (string statement in sql.Split(';'))
        {
            await foreach (SqlRowBatch _ in session.Queries.RunAsync(new SqlQuery(statement, new Dictionary<string, object?>(), null), default))
            {
            }
        }
    }

    private static async Task PsqlAsync(BenchmarkServer server, string command)
    {
        var start = new ProcessStartInfo("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", command]) { RedirectStandardError = true };
        start.Environment["PGHOST"] = "127.0.0.1";
        start.Environment["PGPORT"] = server.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = BenchmarkServer.UserName;
        start.Environment["PGPASSWORD"] = BenchmarkServer.Password;
        start.Environment["PGDATABASE"] = LocalRoles.DefaultDatabase;
        start.Environment["PGSSLMODE"] = "verify-full";
        start.Environment["PGSSLROOTCERT"] = server.CaPath;
        using Process process = Process.Start(start)!;
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"psql: {error}");
        }
    }
}
