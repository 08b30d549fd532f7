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

    internal static PgCloudException RoleExists(string name, string target) => new(
        "PgCloud.Role.Exists",
        PgErrorKind.Exists,
        name,
        $"There is a role {Show(name)} at {target} already.",
        "Choose another name, or remove that role first.");

    internal static PgCloudException RoleSettingInvalid(string setting, string reason) => new(
        "PgCloud.Role.SettingInvalid",
        PgErrorKind.InvalidArgument,
        setting,
        $"The setting {Show(setting)} is not allowed: {reason}.",
        "Give the name of a configuration parameter (Invoke-PgQuery 'SELECT name, vartype, enumvals FROM pg_settings') and a value of its type, "
        + "or $null to reset it.");

    internal static PgCloudException RoleSettingDatabaseNotFound(string database, string target) => new(
        "PgCloud.Database.NotFound",
        PgErrorKind.NotFound,
        database,
        $"There is no database {Show(database)} at {target}, for which the settings shall be.",
        "Names are compared exactly, upper and lower case too.");

    internal static PgCloudException RoleCommentInvalid(string name, string reason) => new(
        "PgCloud.Role.CommentInvalid",
        PgErrorKind.InvalidArgument,
        name,
        $"The comment on the role {Show(name)} is not allowed: {reason}.",
        "All other characters are fine; an empty comment takes the present one away.");

    internal static PgCloudException RolePasswordUncertain(string name, PgCloudException inner) => new(
        "PgCloud.Role.PasswordUncertain",
        inner.Kind,
        name,
        $"The connection broke while the role {Show(name)} was given a password; whether it was is not known. {inner.Message}",
        "No password is told. If the role exists, give it one again: Set-PgRolePassword.",
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
}
