// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Logs;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>Reading and following a log of which the API gives the newest entries, without ids.</summary>
public sealed class OvhLogTests
{
    private static readonly DateTimeOffset Second = new(2026, 2, 25, 10, 0, 0, TimeSpan.Zero);

    private readonly Heard _heard = new();

    [Fact]
    public void Two_that_are_alike_are_two_and_none_comes_twice()
    {
        var unseen = new UnseenRecords();
        Assert.Equal(["a", "a"], Texts(unseen, false, (1, "a"), (1, "a")));
        Assert.Equal(["a", "b"], Texts(unseen, false, (1, "a"), (1, "a"), (1, "a"), (2, "b")));
        Assert.Equal(["late"], Texts(unseen, false, (1, "a"), (1, "a"), (1, "late"), (1, "a"), (2, "b")));
        Assert.Equal([], Texts(unseen, false, (1, "a"), (2, "b")));
        Assert.Equal(["c"], Texts(unseen, false, (2, "b"), (3, "c")));
    }

    [Fact]
    public void An_answer_that_leaves_something_out_does_not_make_it_new()
    {
        var unseen = new UnseenRecords();
        Texts(unseen, false, (1, "a"), (2, "b"));
        Assert.Equal([], Texts(unseen, false));
        Assert.Equal([], Texts(unseen, false, (1, "a")));
        Assert.Equal([], Texts(unseen, false, (1, "a"), (2, "b")));
    }

    [Fact]
    public void Nothing_that_was_known_means_that_something_may_be_missing()
    {
        var unseen = new UnseenRecords();
        Texts(unseen, false);
        Texts(unseen, false, (1, "a"));
        Assert.Equal(["c"], Texts(unseen, true, (3, "c")));
    }

    [Fact]
    public async Task Following_writes_each_entry_once()
    {
        string[][] windows =
        [
            [Entry(1, "a"), Entry(1, "a")],
            [Entry(1, "a"), Entry(1, "a"), Entry(2, "b")],
            [Entry(1, "a"), Entry(2, "b")],
            [Entry(2, "b"), Entry(2, "c"), Entry(2, "b")],
        ];
        int look = -1;
        using var cloud = new ScriptedCloud(_ => Reply.Json(Array(windows[Math.Min(++look, windows.Length - 1)])));
        Assert.Equal(["a", "a", "b", "c", "b"], await FollowAsync(cloud, new LogFilter(), 5));
    }

    [Fact]
    public async Task Following_from_now_on_writes_nothing_that_was_there()
    {
        int look = 0;
        using var cloud = new ScriptedCloud(_ => Reply.Json(Array(look++ == 0 ? [Entry(1, "a")] : [Entry(1, "a"), Entry(1, "b")])));
        Assert.Equal(["b"], await FollowAsync(cloud, new LogFilter { Last = 0 }, 1));
    }

    [Fact]
    public async Task Following_waits_while_the_api_says_that_the_instance_is_not_ready()
    {
        int look = 0;
        using var cloud = new ScriptedCloud(call => call switch
        {
            "GET " => Reply.Json($$"""{"id":"{{ScriptedCloud.Id}}","status":"{{(look < 3 ? "UPDATING" : "READY")}}"}"""),
            _ => ++look == 2 ? Reply.Error(409, "Client::Conflict::ServiceNotReady", "not ready")
                : Reply.Json(Array(look == 1 ? [Entry(1, "a")] : [Entry(1, "a"), Entry(2, "b")])),
        });
        Task<IReadOnlyList<string>> following = FollowAsync(cloud, new LogFilter(), 2);
        while (look < 2)
        {
            await Task.Delay(5);
        }

        Interlocked.Increment(ref look);
        Assert.Equal(["a", "b"], await following);
    }

    [Theory]
    [InlineData(0.0, 0.0, "at")]
    [InlineData(0.9, 1.0, "at,after")]
    [InlineData(-1.0, 0.0, "before,at")]
    [InlineData(1.0, null, "after")]
    [InlineData(null, -1.0, "before")]
    [InlineData(null, -0.1, "before")]
    [InlineData(null, null, "before,at,after")]
    public async Task Both_ends_of_the_range_are_within(double? since, double? until, string expected)
    {
        long at = Second.ToUnixTimeSeconds();
        using var cloud = new ScriptedCloud(_ => Reply.Json(Array([Entry(at + 1, "after"), Entry(at, "at"), Entry(at - 1, "before")])));
        var filter = new LogFilter
        {
            Since = since is { } s ? Second.AddSeconds(s).ToOffset(TimeSpan.FromHours(2)) : null,
            Until = until is { } u ? Second.AddSeconds(u) : null,
        };
        IReadOnlyList<PgLogEntry> entries = await Logs(cloud).GetAsync(cloud.Instance, filter, _heard, CancellationToken.None);
        Assert.Equal(expected, string.Join(',', entries.Select(e => e.Message)));
        Assert.All(entries, e => Assert.Equal(TimeSpan.Zero, e.Timestamp.Offset));
    }

    [Fact]
    public async Task The_last_ones_are_the_last_of_those_that_match()
    {
        using var cloud = new ScriptedCloud(_ => Reply.Json(Array([Entry(1, "x 1"), Entry(1, "x 2"), Entry(2, "y 3"), Entry(2, "x 4"), Entry(3, "y 5")])));
        var filter = new LogFilter { Last = 2, IncludesMessage = m => m.StartsWith('x') };
        IReadOnlyList<PgLogEntry> entries = await Logs(cloud).GetAsync(cloud.Instance, filter, _heard, CancellationToken.None);
        Assert.Equal(["x 2", "x 4"], entries.Select(e => e.Message));
    }

    private static string[] Texts(UnseenRecords unseen, bool expectedGap, params (long Time, string Text)[] window)
    {
        string[] texts = [.. unseen.Of([.. window.Select(w => new OvhLogRecord(w.Time, "node-1", w.Text))], out bool isGap).Select(r => r.Message!)];
        Assert.Equal(expectedGap, isGap);
        return texts;
    }

    private static string Entry(long time, string text) => $$"""{"hostname":"node-1","message":"{{text}}","timestamp":{{time}}}""";

    private static string Array(IEnumerable<string> entries) => $"[{string.Join(',', entries)}]";

    private static OvhLogs Logs(ScriptedCloud cloud) => new(cloud.Project, cloud.Patience);

    private async Task<IReadOnlyList<string>> FollowAsync(ScriptedCloud cloud, LogFilter filter, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var texts = new List<string>();
        await foreach (IReadOnlyList<PgLogEntry> entries in Logs(cloud).FollowAsync(cloud.Instance, filter, _heard, patience.Token))
        {
            texts.AddRange(entries.Select(e => e.Message));
            if (texts.Count >= count)
            {
                break;
            }
        }

        return texts;
    }
}
