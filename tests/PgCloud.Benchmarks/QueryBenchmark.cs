// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Globalization;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;

namespace PgCloud.Benchmarks;

/// <summary>
///   1,000,000 rows of 8 mixed columns through Invoke-PgQuery in a fresh pwsh, against a bare reader that reads every column in a fresh
///   process: code that has just been loaded is slower than the same code later, for both.
/// </summary>
internal static class QueryBenchmark
{
    /// <summary>The argument with which this program is only the bare reader.</summary>
    internal const string BareReader = "bare-reader";

    private const int Rows = 1_000_000;
    private const string ConnectionVariable = "PGCLOUD_BENCH_CONNECTION";

    internal static async Task RunAsync()
    {
        if (!Shell.IsThere())
        {
            return;
        }

        using var work = new Workspace();
        await using BenchmarkServer server = await BenchmarkServer.StartAsync(work.Path);
        await using NpgsqlConnection connection = await BenchmarkConnection.OpenAsync(server);
        await using (var make = new NpgsqlCommand(
            $"""
            CREATE UNLOGGED TABLE source AS SELECT n::int AS id, n::bigint * 1000 AS big, 'customer ' || n AS name,
                (n % 1000) / 8.0::numeric(12,3) AS price, n % 2 = 0 AS paid, DATE '2020-01-01' + n % 1000 AS day,
                TIMESTAMPTZ '2020-01-01 00:00:00+00' + n * INTERVAL '1 second' AS moment, md5(n::text)::uuid AS code
            FROM generate_series(1, {Rows}) n; ANALYZE source
            """,
            connection) { CommandTimeout = 0 })
        {
            await make.ExecuteNonQueryAsync();
        }

        // Peak memory is the process's own (VmHWM, in kB): what the shell takes by itself is measured beside it.
        const string Memory = "[int](@((Get-Content /proc/self/status) -match '^VmHWM')[0] -replace '\\D')";
        string bare = work.Script("bare.ps1", $"\"0 $({Memory})\"");
        string query = work.Script("query.ps1", $$"""
            {{server.ConnectionScript}}
            $null = Invoke-PgQuery 'SELECT * FROM source LIMIT 100' -Connection $connection
            $time = (Measure-Command { Invoke-PgQuery 'SELECT * FROM source' -Connection $connection | Out-Null }).TotalMilliseconds
            "$($time.ToString([cultureinfo]::InvariantCulture)) $({{Memory}})"
            """);
        string count = work.Script("count.ps1", $$"""
            {{server.ConnectionScript}}
            (Invoke-PgQuery 'SELECT * FROM source' -Connection $connection | Measure-Object).Count
            """);
        if ((await Shell.RunAsync(count)).Output.Trim() != Rows.ToString(CultureInfo.InvariantCulture))
        {
            throw new InvalidOperationException("Not every row came.");
        }

        await using NpgsqlSqlSession session = await BenchmarkConnection.OpenSessionAsync(server);
        double memory = 0;
        double bareMemory = 0;
        double[][] times = await Pairs.MeasureAsync(
            5,
            () => ReadInFreshProcessAsync(server),
            async () => (await AnswerAsync(query, m => memory = Math.Max(memory, m))).Milliseconds,
            () => Pairs.TimeAsync(() => DrainAsync(session)),
            () => Pairs.TimeAsync(() => ReadAsync(connection, Rows)),
            async () => (await AnswerAsync(bare, m => bareMemory = Math.Max(bareMemory, m))).Milliseconds);
        Pairs.Print("a bare NpgsqlDataReader, every column, fresh process", Pairs.Median(times[0]), "ms");
        Pairs.Print("Invoke-PgQuery | Out-Null, fresh pwsh", Pairs.Median(times[1]), "ms");
        Pairs.Print("ratio: Invoke-PgQuery over the bare reader", Pairs.MedianOf(times[1], times[0], (a, b) => a / b), "x", 1.6);
        Pairs.Print("warm, in process: the bare reader", Pairs.Median(times[3]), "ms");
        Pairs.Print("warm, in process: Invoke-PgQuery's engine", Pairs.Median(times[2]), "ms");
        Pairs.Print("peak memory of that pwsh", memory / 1024, "MB", 220);
        Pairs.Print("  of a bare pwsh", bareMemory / 1024, "MB");
    }

    private static async Task<(double Milliseconds, double Memory)> AnswerAsync(string script, Action<double> onMemory)
    {
        string[] answer = (await Shell.RunAsync(script)).Output.Trim().Split(' ');
        double memory = double.Parse(answer[1], CultureInfo.InvariantCulture);
        onMemory(memory);
        return (double.Parse(answer[0], CultureInfo.InvariantCulture), memory);
    }

    private static async Task DrainAsync(NpgsqlSqlSession session)
    {
        var query = new SqlQuery("SELECT * FROM source", new Dictionary<string, object?>(), null);
        int read = 0;
        await foreach (SqlRowBatch batch in session.Queries.RunAsync(query, CancellationToken.None))
        {
            read += batch.Rows.Count;
        }

        if (read != Rows)
        {
            throw new InvalidOperationException($"{read} rows were read.");
        }
    }

    /// <summary>Reads a few rows and then all, and prints how long those took.</summary>
    internal static async Task ReadInOwnProcessAsync()
    {
        await using var connection = new NpgsqlConnection(Environment.GetEnvironmentVariable(ConnectionVariable));
        await connection.OpenAsync();
        await ReadAsync(connection, 100);
        Console.WriteLine((await Pairs.TimeAsync(() => ReadAsync(connection, Rows))).ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<double> ReadInFreshProcessAsync(BenchmarkServer server)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [BareReader]) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Insert(0, typeof(QueryBenchmark).Assembly.Location);
        }

        start.Environment[ConnectionVariable] = BenchmarkConnection.StringFor(server);
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return double.Parse(output, CultureInfo.InvariantCulture);
    }

    private static async Task ReadAsync(NpgsqlConnection connection, int rows)
    {
        await using var command = new NpgsqlCommand($"SELECT * FROM source LIMIT {rows}", connection) { CommandTimeout = 0 };
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var values = new object[8];
        int read = 0;
        while (await reader.ReadAsync())
        {
            reader.GetValues(values);
            read++;
        }

        if (read != rows)
        {
            throw new InvalidOperationException($"{read} rows were read.");
        }
    }
}
