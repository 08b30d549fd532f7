// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException PrivilegeArgumentInvalid(string what, string action) => new(
        "PgCloud.Privilege.ArgumentInvalid", PgErrorKind.InvalidArgument, null, what, action);

    internal static PgCloudException PrivilegeNameInvalid(string name, PgObjectType type, string reason) => new(
        "PgCloud.Privilege.NameInvalid",
        PgErrorKind.InvalidArgument,
        name,
        $"The name {Show(name)} is no {type}'s: {reason}.",
        "A name has 1 to 63 bytes in UTF-8, without NUL, and is taken exactly as it is; a large object's is its OID.");

    internal static PgCloudException PrivilegeObjectNotFound(PgObjectType type, string? schema, string name, string target, string? there = null) => new(
        "PgCloud.Privilege.ObjectNotFound",
        PgErrorKind.NotFound,
        name,
        $"There is no {type} {Show(name)}{(schema is null ? string.Empty : $" in the schema {Show(schema)}")} at {target}.",
        there is null
            ? "Names are compared exactly, upper and lower case too; -Schema and -Name are given apart."
            : $"There is: {there}.");

    internal static PgCloudException RoutineAmbiguous(string name, IEnumerable<string> signatures) => new(
        "PgCloud.Privilege.Ambiguous",
        PgErrorKind.InvalidArgument,
        name,
        $"There are several routines named {Show(name)}: {string.Join("; ", signatures)}.",
        "Give one with its argument types, as they are listed here.");

    internal static PgCloudException GranteeAmbiguous() => new(
        "PgCloud.Privilege.GranteeAmbiguous",
        PgErrorKind.InvalidArgument,
        "PUBLIC",
        "PUBLIC may be everybody or the role \"PUBLIC\", which this server has.",
        "Say public, in lower case, for everybody, or -IsPublic:$false for the role.");

    internal static PgCloudException PrivilegeNotApplicable(string privilege, string type, IEnumerable<string> allowed) => new(
        "PgCloud.Privilege.NotApplicable",
        PgErrorKind.InvalidArgument,
        privilege,
        $"There is no privilege {Show(privilege)} on a {type}.",
        $"There are: {string.Join(", ", allowed)}; or ALL.");

    internal static PgCloudException PrivilegeVersionTooOld(string what, int needed, Version server) => new(
        "PgCloud.Privilege.VersionTooOld",
        PgErrorKind.NotSupported,
        what,
        $"{what} came with PostgreSQL {needed}, and this server is {server}.",
        $"Leave it out here; what ALL means goes by the server's version.");

    internal static PgCloudException GrantOptionToPublic() => new(
        "PgCloud.Privilege.GrantOptionToPublic",
        PgErrorKind.InvalidArgument,
        "public",
        "Only a role can have the right to grant a privilege on, and public is none.",
        "Leave -WithGrantOption out, or name roles.");

    internal static PgCloudException PrivilegeNotDirect(PgPrivilege privilege) => new(
        "PgCloud.Privilege.NotDirect",
        PgErrorKind.InvalidState,
        privilege,
        $"{privilege} comes by {string.Join(" > ", privilege.Via)}, and a change of it would concern others, too.",
        "Pipe in what Get-PgPrivilege writes without -Effective, or name the grantee with -Grantee and the object by parameters.");

    internal static PgCloudException PrivilegeNotGranted(string user, string privileges, string type, string objectName, string owner) => new(
        "PgCloud.Privilege.NotGranted",
        PgErrorKind.PermissionDenied,
        objectName,
        $"{Show(user)} may not grant or revoke {privileges} on {type} {objectName}: it has neither the rights of the owner {Show(owner)} nor these privileges with grant option.",
        $"Connect as {owner} or a superuser, have {owner} granted to {user} (Grant-PgRole), or have {owner} grant you the privileges -WithGrantOption.");

    internal static PgCloudException PrivilegeNotRevoked(string user, string privileges, string type, string objectName, string grantor) => new(
        "PgCloud.Privilege.NotRevoked",
        PgErrorKind.PermissionDenied,
        objectName,
        $"{Show(user)} may not revoke {privileges} on {type} {objectName}, which {Show(grantor)} granted.",
        $"Connect as {grantor}, have {grantor} granted to {user} (Grant-PgRole), or revoke from {grantor} the privilege it granted on, with -Cascade.");

    internal static PgCloudException PrivilegeRefusedByServer(string target, string message) => new(
        "PgCloud.Privilege.NotGranted",
        PgErrorKind.PermissionDenied,
        target,
        $"{target}: {message}.",
        "Another session changed the rights at the same time: run it again, and it says which right is missing.");

    internal static PgCloudException PrivilegeHasDependents(string target, string message) => new(
        "PgCloud.Privilege.HasDependents",
        PgErrorKind.InvalidState,
        target,
        $"{target}: it was granted on to others: {message}.",
        "Revoke it from those too, or give -Cascade, which revokes all that was granted on.");

    internal static PgCloudException OwnerNotApplicable(PgObjectType type) => new(
        "PgCloud.Owner.NotApplicable",
        PgErrorKind.InvalidArgument,
        type,
        $"A {type} has no owner of its own.",
        "Give its table another owner; a parameter always belongs to the server.");

    internal static PgCloudException OwnerNotChanged(string user, string type, string objectName, string role, string why) => new(
        "PgCloud.Owner.NotChanged",
        PgErrorKind.PermissionDenied,
        objectName,
        $"{Show(user)} may not change the owner of {type} {objectName}: it cannot act as {Show(role)}, {why}.",
        $"Connect as a superuser or a member of {role}, or have {role} granted to {user} (Grant-PgRole).");

    internal static PgCloudException OwnerCannotCreate(string owner, string type, string objectName, string place) => new(
        "PgCloud.Owner.CannotCreate",
        PgErrorKind.PermissionDenied,
        objectName,
        $"{Show(owner)} cannot own {type} {objectName}, since it may not create anything in {place}.",
        $"Grant it CREATE there first: Grant-PgPrivilege CREATE -ObjectType {(place.StartsWith("schema", StringComparison.Ordinal) ? "Schema" : "Database")} -Grantee '{owner}' …");

    internal static PgCloudException OwnerNeedsCreateDatabase(string user, string objectName) => new(
        "PgCloud.Owner.CannotCreate",
        PgErrorKind.PermissionDenied,
        objectName,
        $"{Show(user)} may not give the database {objectName} to another owner, since it has no CREATEDB.",
        "Connect as a role that has CREATEDB.");
}
