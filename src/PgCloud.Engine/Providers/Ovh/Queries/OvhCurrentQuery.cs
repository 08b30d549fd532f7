// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Api;

namespace PgCloud.Engine.Providers.Ovh.Queries;

/// <summary>The API's <c>service.currentqueries.Query</c>, as far as it is used here.</summary>
internal sealed record OvhCurrentQuery
{
    public int Pid { get; init; }

    public int? LeaderPid { get; init; }

    public string? UserName { get; init; }

    public string? DatabaseName { get; init; }

    public string? ApplicationName { get; init; }

    public string? ClientIp { get; init; }

    public string? ClientHostname { get; init; }

    public int? ClientPort { get; init; }

    public string? BackendType { get; init; }

    public long? BackendXid { get; init; }

    public long? BackendXmin { get; init; }

    public DateTimeOffset? BackendStart { get; init; }

    public DateTimeOffset? TransactionStart { get; init; }

    public DateTimeOffset? QueryStart { get; init; }

    public DateTimeOffset? StateChange { get; init; }

    /// <summary>In seconds.</summary>
    public double? QueryDuration { get; init; }

    public string? Query { get; init; }

    public OvhEnum<OvhQueryState>? State { get; init; }

    public OvhEnum<OvhWaitEventType>? WaitEventType { get; init; }

    public string? WaitEvent { get; init; }

    /// <summary>The same in the words of PostgreSQL.</summary>
    internal PgCurrentQuery ToQuery(PgInstance instance) => new()
    {
        ProcessId = Pid,
        LeaderProcessId = LeaderPid,
        User = TextOrNull(UserName),
        Database = TextOrNull(DatabaseName),
        Application = TextOrNull(ApplicationName),
        ClientAddress = TextOrNull(ClientIp),
        ClientHostName = TextOrNull(ClientHostname),
        ClientPort = ClientPort,
        BackendType = TextOrNull(BackendType),
        TransactionId = BackendXid,
        OldestTransactionId = BackendXmin,
        ConnectedAt = BackendStart?.ToUniversalTime(),
        TransactionStartedAt = TransactionStart?.ToUniversalTime(),
        QueryStartedAt = QueryStart?.ToUniversalTime(),
        StateChangedAt = StateChange?.ToUniversalTime(),
        Duration = TimeSpan.FromSeconds(Math.Max(0, QueryDuration ?? 0)),
        Query = Query ?? string.Empty,
        State = State is { } state ? OvhQueryWords.ToText(state) : string.Empty,
        WaitEventType = WaitEventType is { } type ? OvhQueryWords.ToText(type) : null,
        WaitEvent = TextOrNull(WaitEvent),
        Instance = instance,
    };

    private static string? TextOrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>The API's <c>service.CurrentQueries</c>.</summary>
internal sealed record OvhCurrentQueryPage(IReadOnlyList<OvhCurrentQuery>? Queries);

/// <summary>The API's <c>service.currentqueries.query.CancelResponse</c>.</summary>
internal sealed record OvhCancellation(bool Success);
