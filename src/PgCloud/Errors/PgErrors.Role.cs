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
        "Remove-PgRole clears them in every database with -ReassignOwnedTo or -DropOwned.",
        inner);

    internal static PgCloudException RoleHasDependents(string name, IReadOnlyList<PgRoleDependent> dependents, string advice) => new(
        "PgCloud.Role.HasDependents",
        PgErrorKind.InvalidState,
        name,
        $"The role {Show(name)} cannot be dropped, because {(dependents.Count == 1 ? "an object depends" : $"{dependents.Count} objects depend")} on it: "
        + $"{string.Join("; ", dependents.Take(10))}{(dependents.Count > 10 ? $"; and {dependents.Count - 10} more" : string.Empty)}.",
        $"{advice} The error's Exception.Dependents has them all.") { Dependents = dependents };

    internal static PgCloudException RoleProtected(string name, string reason) => new(
        "PgCloud.Role.Protected",
        PgErrorKind.InvalidOperation,
        name,
        $"The role {Show(name)} cannot be removed: {reason}.",
        "Connect as another role to remove the one you are connected as; PostgreSQL's own roles stay.");

    internal static PgCloudException RoleNotDroppable(string name, string target) => PermissionDenied(
        target,
        $"permission denied to drop the role {Show(name)}",
        "That takes CREATEROLE, and from PostgreSQL 16 on the role WITH ADMIN OPTION, which whoever made it has; a superuser's takes a superuser.",
        null);

    internal static PgCloudException RoleInUse(string name, int sessions) => new(
        "PgCloud.Role.InUse",
        PgErrorKind.InvalidState,
        name,
        $"The role {Show(name)} has {(sessions == 1 ? "an open session" : $"{sessions} open sessions")}. PostgreSQL would drop it all the same, "
        + "and leave them with a role that is not there.",
        "End them first, or let -Force do it.");

    internal static PgCloudException RoleReassignInvalid(string name) => new(
        "PgCloud.Role.ReassignInvalid",
        PgErrorKind.InvalidArgument,
        name,
        $"What the role {Show(name)} owns cannot be given to itself when it is removed.",
        "Give -ReassignOwnedTo the name of another role.");

    internal static PgCloudException RoleDatabaseUnreachable(string name, string databases, IReadOnlyList<PgRoleDependent> dependents) => new(
        "PgCloud.Role.DatabaseUnreachable",
        PgErrorKind.PermissionDenied,
        name,
        $"Objects depend on the role {Show(name)} in databases that cannot be connected to: {databases}. Nothing was changed.",
        "Have CONNECT on them granted to you, and connections allowed (ALTER DATABASE … ALLOW_CONNECTIONS true), or clear them as another user.")
    {
        Dependents = dependents,
    };

    internal static PgCloudException RoleRemovalIncomplete(string name, string done, PgCloudException inner) => new(
        "PgCloud.Role.RemovalIncomplete",
        inner.Kind,
        name,
        $"The role {Show(name)} was not removed, but this was done already: {done}. {inner.Message}",
        "Run it again: it goes on where it stopped.",
        inner) { Dependents = inner.Dependents };
}
