// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException RoleNameInvalid(string name, string reason) => new(
        "PgCloud.Role.NameInvalid",
        PgErrorKind.InvalidArgument,
        name,
        $"The role name {Show(name)} is not allowed: {reason}.",
        "A role name has 1 to 63 bytes in UTF-8, without NUL, does not begin with pg_, and is not 'public' or 'none'. All other characters are fine.");

    internal static PgCloudException RoleNotFound(string name, string target, Exception? inner = null) => new(
        "PgCloud.Role.NotFound",
        PgErrorKind.NotFound,
        name,
        $"There is no role {Show(name)} at {target}.",
        "Get-PgRole lists the roles; names are compared exactly, upper and lower case too.",
        inner);

    internal static PgCloudException RoleHasDependents(string name, string detail, Exception? inner) => new(
        "PgCloud.Role.HasDependents",
        PgErrorKind.InvalidState,
        name,
        $"The role {Show(name)} cannot be dropped, because objects depend on it: {detail}",
        "Give its objects to another role (REASSIGN OWNED BY … TO …) and drop its privileges (DROP OWNED BY …) in every database first.",
        inner);

    internal static PgCloudException MembershipLoop(string role, string member, Exception? inner) => new(
        "PgCloud.Role.MembershipLoop",
        PgErrorKind.InvalidOperation,
        role,
        $"Granting {Show(role)} to {Show(member)} would make a role a member of itself.",
        "Get-PgRole shows in MemberOf which roles a role is a member of.",
        inner);

    internal static PgCloudException MembershipLoopAtServer(string target, string message) => new(
        "PgCloud.Role.MembershipLoop",
        PgErrorKind.InvalidOperation,
        target,
        $"{target}: the grant would make a role a member of itself: {message}.",
        "Get-PgRole shows in MemberOf which roles a role is a member of.");

    internal static PgCloudException MembershipHasDependents(string role, string member, string detail) => new(
        "PgCloud.Role.MembershipHasDependents",
        PgErrorKind.InvalidState,
        role,
        $"The role {Show(role)} cannot be revoked from {Show(member)}, because grants to others depend on it: {detail}.",
        "Revoke first what that member granted to others.");

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

    internal static PgCloudException SqlParameterInvalid(string name, string reason) => new(
        "PgCloud.Sql.ParameterInvalid",
        PgErrorKind.InvalidArgument,
        name,
        $"The value of the parameter @{name} cannot be sent: {reason}.",
        "Give text, a number, a boolean, a date, a time span, a Guid, bytes, or an array of one of these.");

    internal static PgCloudException PasswordInvalid(string userName, string reason) => new(
        "PgCloud.User.PasswordInvalid",
        PgErrorKind.InvalidArgument,
        userName,
        $"The password for '{userName}' is not allowed: {reason}.",
        "Give another, or none to have a strong one made.");

    internal static PgCloudException PasswordUncertain(string userName, string instance, PgCloudException inner) => new(
        "PgCloud.User.PasswordUncertain",
        inner.Kind,
        userName,
        $"The connection broke while the user '{userName}' of '{instance}' was given a password; whether it was is not known. {inner.Message}",
        $"No password is told. Run the cmdlet again, then, if the user exists: Reset-PgUserPassword -Instance '{instance}' -Name '{userName}'.",
        inner);

    internal static PgCloudException UserNotFound(string name, string instance) => new(
        "PgCloud.User.NotFound",
        PgErrorKind.NotFound,
        name,
        $"The instance '{instance}' has no user {Show(name)} that was made through the provider.",
        "Get-PgCloudUser lists them; roles made by SQL are shown by Get-PgRole and removed by Remove-PgRole.");

    internal static PgCloudException UserKindDiffers(string name, PgCloudUserKind present, PgCloudUserKind wanted) => new(
        "PgCloud.User.KindDiffers",
        PgErrorKind.Exists,
        name,
        $"A role {Show(name)} exists already and is {(present == PgCloudUserKind.Other ? "not one of the provider's users" : $"a {present} user")}, "
        + $"not a {wanted} user.",
        "Choose another name, or remove that role first.");
}
