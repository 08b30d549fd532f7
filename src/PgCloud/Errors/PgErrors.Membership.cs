// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException MembershipLoop(string role, string member, IReadOnlyList<string> path) => new(
        "PgCloud.Role.MembershipLoop",
        PgErrorKind.InvalidOperation,
        role,
        $"Granting {Show(role)} to {Show(member)} would make a role a member of itself: {member} > {string.Join(" > ", path)}.",
        "Get-PgRoleMember -Effective shows which roles a role is a member of, and by which path.");

    internal static PgCloudException MembershipLoopAtServer(string target, string message) => new(
        "PgCloud.Role.MembershipLoop",
        PgErrorKind.InvalidOperation,
        target,
        $"{target}: the grant would make a role a member of itself: {message}.",
        "Get-PgRoleMember -Effective shows which roles a role is a member of, and by which path.");

    internal static PgCloudException MembershipOptionNotSupported(string option, string target, int major) => new(
        "PgCloud.Role.MembershipOptionNotSupported",
        PgErrorKind.NotSupported,
        option,
        $"{target} is PostgreSQL {major}, where a membership has no {option}: that came with PostgreSQL 16.",
        option == "GRANTED BY"
            ? "Leave -GrantedBy out: below 16 there is one grant of a role to a member, whoever granted it."
            : "Leave it out: below 16 every member may SET ROLE, and inherits if the member itself has INHERIT (New-PgRole -Inherit). ADMIN OPTION is there.");

    internal static PgCloudException MembershipNotDirect(object membership, string path) => new(
        "PgCloud.Role.MembershipNotDirect",
        PgErrorKind.InvalidOperation,
        membership,
        $"{membership}: that is by way of other roles, and no grant of its own: {path}.",
        "Grant or revoke what is on that path, or pipe the direct memberships: Get-PgRoleMember without -Effective.");

    internal static PgCloudException NothingOfAll(PgCloudException failure, int records) => new(
        failure.ErrorId,
        failure.Kind,
        failure.Target,
        $"{failure.Message} None of the {records} records was carried out: they are one transaction.",
        failure.RecommendedAction,
        failure.InnerException) { SqlState = failure.SqlState };

    internal static PgCloudException MembershipHasDependents(string role, string member, string detail) => new(
        "PgCloud.Role.MembershipHasDependents",
        PgErrorKind.InvalidState,
        role,
        $"The role {Show(role)} cannot be revoked from {Show(member)}, because grants to others depend on it: {detail}.",
        "Revoke first what that member granted to others, or all of it with -Cascade.");
}
