// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Local;
using Xunit;

namespace PgCloud.Engine.Tests.Local;

/// <summary>A server's log file read as entries.</summary>
public sealed class LocalLogTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pgcloud-log-").FullName;
    private readonly InstanceDirectory _directory;
    private readonly LocalLogs _logs;
    private readonly Heard _heard = new();
    private readonly PgInstance _instance = new()
    {
        Name = "orders",
        Id = "orders",
        Provider = PgProviderName.Local,
        Status = PgInstanceStatus.Ready,
    };

    public LocalLogTests()
    {
        _directory = new InstanceDirectory(_root, "orders");
        _logs = new LocalLogs(_root);
        Directory.CreateDirectory(_directory.Data);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_message_of_several_lines_is_one_entry()
    {
        Write(
            """
            2026-02-25 10:00:00.123 UTC [7] ERROR:  syntax error
            2026-02-25 10:00:00.123 UTC [7] STATEMENT:  SELECT
            	  1
            	  FROM;
            2026-02-25 10:00:01.5 UTC [8] LOG:  größer
            a program's own words

            """);
        IReadOnlyList<PgLogEntry> entries = await ReadAsync(new LogFilter());
        Assert.Equal(
            ["[7] ERROR:  syntax error", "[7] STATEMENT:  SELECT\n  1\n  FROM;", "[8] LOG:  größer\na program's own words"],
            entries.Select(e => e.Message));
        Assert.Equal(["ERROR", "STATEMENT", "LOG"], entries.Select(e => e.Severity));
        Assert.Equal(new DateTimeOffset(2026, 2, 25, 10, 0, 0, 123, TimeSpan.Zero), entries[0].Timestamp);
        Assert.Equal(500, entries[2].Timestamp.Millisecond);
    }

    [Theory]
    [InlineData("2026-07-01 10:00:00.000 UTC [7] x", "10:00")]
    [InlineData("2026-07-01 10:00:00 GMT: x", "10:00")]
    [InlineData("2026-07-01 10:00:00.000 +03 [7] x", "07:00")]
    [InlineData("2026-07-01 10:00:00.000 -0330 [7] x", "13:30")]
    [InlineData("2026-07-01 10:00:00.000 CEST [7] x", "08:00")]
    [InlineData("2026-01-01 10:00:00.000 CET [7] x", "09:00")]
    [InlineData("[2026-07-01 10:00:00.000 UTC] x", "10:00")]
    public async Task The_zone_of_the_server_counts(string line, string utc)
    {
        File.WriteAllText(Path.Combine(_directory.Data, "postgresql.conf"), "log_timezone = 'America/New_York'\ninclude 'pgcloud.conf'\n# log_timezone = x\n");
        File.WriteAllText(Path.Combine(_directory.Data, "pgcloud.conf"), "log_timezone = 'Asia/Tokyo'\n");
        File.WriteAllText(Path.Combine(_directory.Data, "postgresql.auto.conf"), "log_timezone = 'Europe/Paris'\n");
        Write(line + "\n");
        PgLogEntry entry = Assert.Single(await ReadAsync(new LogFilter()));
        Assert.Equal(utc, entry.Timestamp.ToString("HH:mm", CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, entry.Timestamp.Offset);
        Assert.EndsWith("x", entry.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_file_there_is_nothing()
    {
        Assert.Empty(await ReadAsync(new LogFilter()));
        Write(string.Empty);
        Assert.Empty(await ReadAsync(new LogFilter { Last = 5 }));
    }

    [Fact]
    public async Task Both_ends_of_the_range_are_within_to_the_millisecond()
    {
        Write(string.Concat(Enumerable.Range(0, 5).Select(n => $"2026-02-25 10:00:00.00{n} UTC [7] LOG:  {n}\n")));
        var at = new DateTimeOffset(2026, 2, 25, 10, 0, 0, 2, TimeSpan.Zero);
        Assert.Equal("2", await TextAsync(new LogFilter { Since = at, Until = at.ToOffset(TimeSpan.FromHours(5)) }));
        Assert.Equal("3,4", await TextAsync(new LogFilter { Since = at.AddTicks(1) }));
        Assert.Equal("0,1", await TextAsync(new LogFilter { Until = at.AddTicks(-1) }));
        Assert.Equal("1,2", await TextAsync(new LogFilter { Until = at, Last = 2 }));
        Assert.Equal(string.Empty, await TextAsync(new LogFilter { Last = 0 }));
    }

    [Fact]
    public async Task Of_a_long_log_the_end_is_as_if_all_had_been_read()
    {
        var begin = new DateTimeOffset(2026, 2, 25, 10, 0, 0, TimeSpan.Zero);
        var text = new StringBuilder();
        for (int n = 0; n < 20_000; n++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{begin.AddSeconds(n).UtcDateTime:yyyy-MM-dd HH:mm:ss.fff} UTC [7] LOG:  {n}\n\tsecond line of it, äöü\n");
        }

        Write(text.ToString());
        Assert.Equal("19998,19999", await TextAsync(new LogFilter { Last = 2 }));
        Assert.Equal(Enumerable.Range(19_000, 1000), (await ReadAsync(new LogFilter())).Select(Number));
        Assert.Equal(Enumerable.Range(50, 19_950), (await ReadAsync(new LogFilter { Since = begin.AddSeconds(50) })).Select(Number));
        Assert.Equal("3", await TextAsync(new LogFilter { Last = 1, IncludesMessage = m => m.StartsWith("[7] LOG:  3\n", StringComparison.Ordinal) }));
        Assert.Equal("9,10", await TextAsync(new LogFilter { Last = 2, Until = begin.AddSeconds(10) }));
    }

    [Fact]
    public async Task Following_writes_whole_entries_each_once()
    {
        Write("2026-02-25 10:00:00.000 UTC [7] LOG:  0\n");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await using IAsyncEnumerator<IReadOnlyList<PgLogEntry>> looks =
            _logs.FollowAsync(_instance, new LogFilter(), _heard, patience.Token).GetAsyncEnumerator(patience.Token);
        Assert.Equal("0", await NextAsync(looks));

        File.AppendAllText(_directory.Log, "2026-02-25 10:00:01.000 UTC [7] LOG:  1\n2026-02-25 10:00:02.000 UTC [7] LOG:  2\n\tmore\n2026-02-25 10:00:03.000 UTC [7] LO");
        Assert.Equal("1,2\nmore", await NextAsync(looks));

        File.AppendAllText(_directory.Log, "G:  3\n");
        Assert.Equal("3", await NextAsync(looks));

        File.WriteAllText(_directory.Log, "2026-02-25 10:00:04.000 UTC [7] LOG:  4\n");
        Assert.Equal("4", await NextAsync(looks));
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<IReadOnlyList<PgLogEntry>> looks) =>
        await looks.MoveNextAsync() ? Text(looks.Current) : "the end";

    private static int Number(PgLogEntry entry) => int.Parse(Text([entry]).Split('\n')[0], CultureInfo.InvariantCulture);

    private static string Text(IEnumerable<PgLogEntry> entries) => string.Join(',', entries.Select(e => e.Message["[7] LOG:  ".Length..]));

    private void Write(string text) => File.WriteAllText(_directory.Log, text.ReplaceLineEndings("\n"));

    private Task<IReadOnlyList<PgLogEntry>> ReadAsync(LogFilter filter) => _logs.GetAsync(_instance, filter, _heard, CancellationToken.None);

    private async Task<string> TextAsync(LogFilter filter) => string.Join(',', (await ReadAsync(filter)).Select(e => Number(e)));
}
