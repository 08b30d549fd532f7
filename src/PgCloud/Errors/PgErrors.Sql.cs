// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException PermissionDenied(string target, string message, string? hint, Exception? inner) => new(
        "PgCloud.Sql.PermissionDenied",
        PgErrorKind.PermissionDenied,
        target,
        $"{target}: {message}.",
        hint ?? "Connect as a role that has this right, or have it granted.",
        inner);

    internal static PgCloudException SqlFailed(string target, string sqlState, string message, string? hint, Exception? inner) => new(
        "PgCloud.Sql.Failed",
        PgErrorKind.InvalidOperation,
        target,
        $"{target}: {message} (SQLSTATE {sqlState}).",
        hint ?? $"What SQLSTATE {sqlState} means is in the PostgreSQL documentation, Appendix A.",
        inner) { SqlState = sqlState };

    internal static PgCloudException SqlReadOnly(string target, string sqlState, string message) => new(
        "PgCloud.Sql.ReadOnly",
        PgErrorKind.InvalidState,
        target,
        $"{target}: {message} (SQLSTATE {sqlState}).",
        "Nothing was written. To write, leave out -ReadOnly, connect to the primary server and not to a replica, or begin a transaction that may write.")
    { SqlState = sqlState };

    internal static PgCloudException SqlTimeout(string target, Exception? inner) => new(
        "PgCloud.Sql.Timeout",
        PgErrorKind.Timeout,
        target,
        $"{target}: the statement took longer than was allowed and was cancelled on the server.",
        "Give a larger -TimeoutSec.",
        inner);

    internal static PgCloudException SqlCancelled(string target, string message) => new(
        "PgCloud.Sql.Cancelled",
        PgErrorKind.Unavailable,
        target,
        $"{target}: {message}.",
        "Another session cancelled the statement; what it had done was rolled back. Run it again if it is still wanted.");

    internal static PgCloudException LockTimeout(string target, string message) => new(
        "PgCloud.Sql.LockTimeout",
        PgErrorKind.Unavailable,
        target,
        $"{target}: {message}.",
        "Another session holds what this one needs, and nothing was changed. Look in pg_stat_activity for who blocks, or try again later.");

    internal static PgCloudException SqlConflict(string target, string sqlState, string message) => new(
        "PgCloud.Sql.Conflict",
        PgErrorKind.Unavailable,
        target,
        $"{target}: another session changed the same objects at the same time: {message} (SQLSTATE {sqlState}).",
        "Nothing was changed: run it again.") { SqlState = sqlState };

    internal static PgCloudException CopyNotSupported(string target) => new(
        "PgCloud.Sql.CopyNotSupported",
        PgErrorKind.NotSupported,
        target,
        $"{target}: COPY FROM STDIN and COPY TO STDOUT need a stream of data, which a query does not have.",
        "Use psql's \\copy, or INSERT and SELECT.");

    internal static PgCloudException SqlParameterMissing(IReadOnlyList<string> names) => new(
        "PgCloud.Sql.ParameterMissing",
        PgErrorKind.InvalidArgument,
        names,
        $"The query names parameters that have no value: {string.Join(", ", names.Select(name => "@" + name))}.",
        "Give their values with -Parameter, or pipe in objects with properties of these names. An operator that begins with @ has a space behind it.");

    internal static PgCloudException SqlFileUnreadable(string path, string reason, Exception? inner) => new(
        "PgCloud.Sql.FileUnreadable",
        inner is UnauthorizedAccessException ? PgErrorKind.PermissionDenied : PgErrorKind.NotFound,
        path,
        $"{path} cannot be read: {reason}",
        "Give the path of a text file with SQL in it.",
        inner);

    internal static PgCloudException SqlParameterInvalid(string name, string reason) => new(
        "PgCloud.Sql.ParameterInvalid",
        PgErrorKind.InvalidArgument,
        name,
        $"The value of the parameter @{name} cannot be sent: {reason}.",
        "Give text, a number, a boolean, a date, a time span, a Guid, bytes, or an array of one of these.");
}
