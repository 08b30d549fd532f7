// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Api;

namespace PgCloud.Engine.Providers.Ovh.Queries;

/// <summary>The API's <c>service.currentqueries.StateEnum</c>.</summary>
internal enum OvhQueryState
{
    Active,
    Disabled,
    FastpathFunctionCall,
    Idle,
    IdleInTransaction,
    IdleInTransactionAborted,
}

/// <summary>The API's <c>service.currentqueries.WaitEventTypeEnum</c>.</summary>
internal enum OvhWaitEventType
{
    Activity,
    BufferPin,
    Client,
    Extension,
    IO,
    Ipc,
    Lock,
    LWLock,
    Timeout,
}

/// <summary>The API's words in those of pg_stat_activity. A word that is not known is kept as it is.</summary>
internal static class OvhQueryWords
{
    internal static string ToText(OvhEnum<OvhQueryState> state) => state.Known switch
    {
        OvhQueryState.Active => "active",
        OvhQueryState.Disabled => "disabled",
        OvhQueryState.FastpathFunctionCall => "fastpath function call",
        OvhQueryState.Idle => "idle",
        OvhQueryState.IdleInTransaction => "idle in transaction",
        OvhQueryState.IdleInTransactionAborted => "idle in transaction (aborted)",
        _ => state.ToString(),
    };

    internal static string? ToText(OvhEnum<OvhWaitEventType> type) => type.Known switch
    {
        OvhWaitEventType.Ipc => "IPC",
        { } known => known.ToString(),
        _ when type.ToString().Length == 0 => null,
        _ => type.ToString(),
    };
}
