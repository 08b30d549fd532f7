// SPDX-License-Identifier: MIT

using System.Globalization;
using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Queries;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>Current queries and statistics: what goes over the wire, and what is made of what comes back.</summary>
public sealed class OvhQueryTests : IDisposable
{
    private const string Base = "/cloud/project/p/database/postgresql/1";

    private static readonly PgInstance Orders = Ovh.Instance("1");

    private static readonly DateTimeOffset Start = new(2026, 2, 25, 10, 0, 0, TimeSpan.Zero);

    private readonly Heard _heard = new();
    private readonly List<JObject> _sessions = [];
    private readonly ApiServer _server;
    private readonly OvhClient _client;
    private readonly OvhProject _project;
    private readonly OvhCurrentQueries _queries;

    private Func<Received, Reply> _cancel = _ => Reply.Json("""{"success":true}""");
    private Reply? _other;

    public OvhQueryTests()
    {
        _server = new ApiServer(Answer);
        _client = Ovh.Client(_server);
        _project = Ovh.Project(_client);
        _queries = new OvhCurrentQueries(_project);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(250, 3)]
    public async Task All_pages_are_read(int sessions, int calls)
    {
        _sessions.AddRange(Enumerable.Range(1, sessions).Select(pid => Session(pid)));
        IReadOnlyList<PgCurrentQuery> all = await _queries.GetAsync(Orders, _heard, default);
        Assert.Equal(Enumerable.Range(1, sessions), all.Select(q => q.ProcessId));
        Assert.Equal(calls, _server.Count(Base + "/currentQueries"));
        Assert.EndsWith("?limit=100&offset=0", _server.Received.First(r => r.Path.EndsWith("/currentQueries", StringComparison.Ordinal)).Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_api_that_does_not_know_the_offset_is_not_asked_for_ever()
    {
        string page = new JObject { ["queries"] = new JArray(Enumerable.Range(1, 100).Select(pid => Session(pid))) }.ToString();
        _other = Reply.Json(page);
        Assert.Equal(100, (await _queries.GetAsync(Orders, _heard, default)).Count);
        Assert.Equal(2, _server.Count(Base + "/currentQueries"));
    }

    [Theory]
    [InlineData("ACTIVE", "active")]
    [InlineData("DISABLED", "disabled")]
    [InlineData("FASTPATH_FUNCTION_CALL", "fastpath function call")]
    [InlineData("IDLE", "idle")]
    [InlineData("IDLE_IN_TRANSACTION", "idle in transaction")]
    [InlineData("IDLE_IN_TRANSACTION_ABORTED", "idle in transaction (aborted)")]
    [InlineData("SOMETHING_NEW", "SOMETHING_NEW")]
    public async Task States_are_those_of_PostgreSQL(string word, string state)
    {
        _sessions.Add(Session(7, word));
        Assert.Equal(state, Assert.Single(await _queries.GetAsync(Orders, _heard, default)).State);
    }

    [Theory]
    [InlineData("ACTIVITY", "Activity")]
    [InlineData("BUFFER_PIN", "BufferPin")]
    [InlineData("CLIENT", "Client")]
    [InlineData("EXTENSION", "Extension")]
    [InlineData("IO", "IO")]
    [InlineData("IPC", "IPC")]
    [InlineData("LOCK", "Lock")]
    [InlineData("LWLOCK", "LWLock")]
    [InlineData("TIMEOUT", "Timeout")]
    [InlineData("INJECTION_POINT", "INJECTION_POINT")]
    [InlineData(null, null)]
    public async Task Waits_are_those_of_PostgreSQL(string? word, string? type)
    {
        JObject session = Session(7);
        session["waitEventType"] = word;
        session["waitEvent"] = "thing";
        _sessions.Add(session);
        PgCurrentQuery query = Assert.Single(await _queries.GetAsync(Orders, _heard, default));
        Assert.Equal(type, query.WaitEventType);
        Assert.Equal(type is null ? null : type + ":thing", query.Wait);
    }

    [Theory]
    [InlineData(false, PgChange.Updated)]
    [InlineData(true, PgChange.Removed)]
    public async Task What_is_stopped_is_read_first(bool terminate, PgChange change)
    {
        _sessions.Add(Session(7));
        PgCurrentQuery stopped = await StopAsync(new StopQueryRequest(7, Start, Start, terminate));
        Assert.Equal((change, string.Empty), (stopped.Change, stopped.ChangeDetail));
        Received sent = Assert.Single(Cancels);
        Assert.Equal($$"""{"pid":7,"terminate":{{(terminate ? "true" : "false")}}}""", sent.Body);
        Assert.Equal(1, _server.Count(Base + "/currentQueries"));
    }

    [Theory]
    [InlineData("IDLE", 0, 0, false, "nothing to cancel")]
    [InlineData("IDLE_IN_TRANSACTION", 0, 0, false, "its locks stay")]
    [InlineData("ACTIVE", 1, 0, false, "another one has the process id")]
    [InlineData("ACTIVE", 1, 0, true, "another one has the process id")]
    [InlineData("ACTIVE", 0, 1, false, "began another one since")]
    [InlineData(null, 0, 0, true, "no session with process id 7")]
    public async Task What_is_not_there_any_more_is_left_alone(string? state, int connectedLater, int begunLater, bool terminate, string why)
    {
        if (state is not null)
        {
            _sessions.Add(Session(7, state, Start.AddSeconds(connectedLater), Start.AddSeconds(begunLater)));
        }

        PgCurrentQuery left = await StopAsync(new StopQueryRequest(7, Start, Start, terminate));
        Assert.Equal(PgChange.Unchanged, left.Change);
        Assert.Contains(why, left.ChangeDetail, StringComparison.Ordinal);
        Assert.Empty(Cancels);
    }

    [Theory]
    [InlineData("IDLE", 0)]
    [InlineData("ACTIVE", 1)]
    public async Task A_session_is_ended_whatever_it_does(string state, int begunLater)
    {
        _sessions.Add(Session(7, state, Start, Start.AddSeconds(begunLater)));
        Assert.Equal(PgChange.Removed, (await StopAsync(new StopQueryRequest(7, Start, Start, Terminate: true))).Change);
        Assert.Single(Cancels);
    }

    [Fact]
    public async Task That_the_server_says_no_to_a_query_that_has_just_ended_is_no_error()
    {
        _sessions.Add(Session(7));
        _cancel = _ =>
        {
            _sessions.Clear();
            return Reply.Json("""{"success":false}""");
        };
        PgCurrentQuery ended = await StopAsync(new StopQueryRequest(7, null, null, false));
        Assert.Equal(PgChange.Unchanged, ended.Change);
        Assert.Contains("ended by itself", ended.ChangeDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_the_server_says_no_to_a_query_that_goes_on_is_an_error()
    {
        _sessions.Add(Session(7));
        _cancel = _ => Reply.Json("""{"success":false}""");
        await Ovh.FailsAsync("PgCloud.Activity.NotStopped", () => StopAsync(new StopQueryRequest(7, null, null, false)));
    }

    [Theory]
    [InlineData("IDLE")]
    [InlineData("ACTIVE")]
    public async Task A_cancellation_whose_answer_is_lost_is_not_sent_again_where_it_was_done(string then)
    {
        _sessions.Add(Session(7));
        _cancel = _ =>
        {
            // It ended, or did and another one runs.
            _sessions[0] = Session(7, then, Start, then == "ACTIVE" ? Start.AddSeconds(1) : Start);
            return Reply.Json("{}") with { IsCutWithin = true };
        };
        Assert.Equal(PgChange.Updated, (await StopAsync(new StopQueryRequest(7, Start, null, false))).Change);
        Assert.Single(Cancels);
    }

    [Fact]
    public async Task A_cancellation_that_was_lost_is_sent_once_more_while_the_same_query_runs()
    {
        _sessions.Add(Session(7));
        _cancel = _ => Reply.Error(500, "Server::InternalServerError", "Internal server error");
        await Ovh.FailsAsync("PgCloud.Cloud.OutcomeUnknown", () => StopAsync(new StopQueryRequest(7, null, null, false)));
        Assert.Equal(2, Cancels.Count);
    }

    [Fact]
    public async Task Statistics_come_in_pages_with_times_and_bytes()
    {
        _other = Reply.Json("""
            {"queries":[
              {"query":"SELECT $1","username":"app","databaseName":"shop","calls":2,"rows":3,"totalTime":1500.5,"meanTime":750.25,
               "blkReadTime":0.5,"sharedBlksHit":3,"sharedBlksRead":1,"walBytes":{"unit":"B","value":4096},"walFpi":1},
              {"query":"SELECT 2","username":"app","databaseName":"shop","calls":1,"totalTime":2000}]}
            """);
        IReadOnlyList<PgQueryStatistic> all = await new OvhQueryStatistics(_project, Ovh.Patience(_project)).GetAsync(Orders, _heard, default);
        Assert.Equal(["SELECT 2", "SELECT $1"], all.Select(s => s.Query));
        PgQueryStatistic one = all[1];
        Assert.Equal(("app", "shop", 2, 3), (one.User, one.Database, one.Calls, one.Rows));
        Assert.Equal(TimeSpan.FromMilliseconds(1500.5), one.TotalTime);
        Assert.Equal(TimeSpan.FromMilliseconds(0.5), one.BlockReadTime);
        Assert.Equal((4096, 1, 75.0), (one.WalBytes, one.WalFullPageImages, one.CacheHitPercent));
        Assert.Null(all[0].CacheHitPercent);
    }

    private IReadOnlyList<Received> Cancels => [.. _server.Received.Where(r => r.Path.EndsWith("/cancel", StringComparison.Ordinal))];

    private static JObject Session(int pid, string state = "ACTIVE", DateTimeOffset? connected = null, DateTimeOffset? begun = null) => new()
    {
        ["pid"] = pid,
        ["userName"] = "app",
        ["databaseName"] = "shop",
        ["applicationName"] = string.Empty,
        ["query"] = "SELECT 1",
        ["queryDuration"] = 1.5,
        ["state"] = state,
        ["backendStart"] = Text(connected ?? Start),
        ["queryStart"] = Text(begun ?? Start),
        ["waitEventType"] = null,
    };

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private Task<PgCurrentQuery> StopAsync(StopQueryRequest request) => _queries.StopAsync(Orders, request, _heard, default);

    private Reply Answer(Received call)
    {
        if (call.Method == "POST")
        {
            return _cancel(call);
        }

        if (_other is { } other)
        {
            return other;
        }

        var query = System.Web.HttpUtility.ParseQueryString(new Uri(call.Url).Query);
        int limit = int.Parse(query["limit"]!, CultureInfo.InvariantCulture);
        int offset = int.Parse(query["offset"]!, CultureInfo.InvariantCulture);
        return Reply.Json(new JObject { ["queries"] = new JArray(_sessions.Skip(offset).Take(limit)) }.ToString());
    }
}
