// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException LogPatternInvalid(string pattern, ArgumentException inner) => new(
        "PgCloud.Log.PatternInvalid",
        PgErrorKind.InvalidArgument,
        pattern,
        $"{Show(pattern)} is not a regular expression: {inner.Message}",
        "Correct it, or take its special characters as they are: [regex]::Escape().",
        inner);

    internal static PgCloudException LogRangeInvalid(DateTimeOffset since, DateTimeOffset until) => new(
        "PgCloud.Log.RangeInvalid",
        PgErrorKind.InvalidArgument,
        since,
        FormattableString.Invariant($"-Since, {since.UtcDateTime:u}, is later than -Until, {until.UtcDateTime:u}."),
        "Exchange them. A time without an offset is taken as local time; both are shown here in UTC.");

    internal static PgCloudException LogUnreadable(string instance, string path, Exception inner) => new(
        "PgCloud.Log.Unreadable",
        PgErrorKind.PermissionDenied,
        instance,
        $"The log of '{instance}', '{path}', cannot be read: {inner.Message}",
        "Read it as the account that the server runs under, or as root.",
        inner);

    internal static PgCloudException LogKindNotFound(string kind, string instance, IEnumerable<string> kinds) => new(
        "PgCloud.Log.KindNotFound",
        PgErrorKind.NotFound,
        kind,
        $"The instance '{instance}' has no kind of log {Show(kind)}. There are: {OrNone(kinds)}.",
        $"Get-PgLogKind '{instance}' lists the kinds; names are compared exactly.");

    internal static PgCloudException LogStreamInvalid(string streamId) => new(
        "PgCloud.Log.StreamInvalid",
        PgErrorKind.InvalidArgument,
        streamId,
        $"{Show(streamId)} is not the id of a log stream.",
        "Give the stream's id, such as 8f3b0c5e-5d0c-4c1e-9a56-2f1d3f7b9a10: Logs Data Platform shows it with the stream.");

    internal static PgCloudException LogSubscriptionNotFound(string subscriptionId, string instance) => new(
        "PgCloud.Log.SubscriptionNotFound",
        PgErrorKind.NotFound,
        subscriptionId,
        $"The instance '{instance}' has no log subscription {Show(subscriptionId)}.",
        $"Get-PgLogSubscription '{instance}' lists them.");

    internal static PgCloudException LogOperationFailed(string what, string target, string operation, string state) => new(
        "PgCloud.Log.OperationFailed",
        PgErrorKind.InvalidState,
        target,
        $"{what} ended as {state}; it is the operation {operation}.",
        "Check that the stream exists and that this account may forward logs to it, then run the cmdlet again. Its support finds the operation by the id.");

    internal static PgCloudException LogOperationTimeout(string what, string target, string operation, string state, TimeSpan waited) => new(
        "PgCloud.Log.OperationTimeout",
        PgErrorKind.Timeout,
        target,
        FormattableString.Invariant($"{what} is still {state} after {waited.TotalSeconds:0} s; it is the operation {operation}."),
        "Only the waiting ended. Get-PgLogSubscription shows how it ended; the cmdlet can be run again.");

    private static string OrNone(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "none";
}
