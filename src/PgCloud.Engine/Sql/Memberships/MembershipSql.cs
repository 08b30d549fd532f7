// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>Builds statements about memberships.</summary>
internal static class MembershipSql
{
    /// <summary>GRANT of one role to several members.</summary>
    internal static string Grant(string role, IEnumerable<string> members, string options = "") =>
        $"GRANT {PgNames.Quote(role)} TO {string.Join(", ", members.Select(PgNames.Quote))}{options}";

    /// <summary>REVOKE of one role from several members.</summary>
    /// <param name="role">The role.</param>
    /// <param name="members">The members.</param>
    /// <param name="grantor">Whose grant is revoked; from 16 on a membership may have been granted several times.</param>
    internal static string Revoke(string role, IEnumerable<string> members, string? grantor) =>
        $"REVOKE {PgNames.Quote(role)} FROM {string.Join(", ", members.Select(PgNames.Quote))}"
        + (grantor is null ? string.Empty : $" GRANTED BY {PgNames.Quote(grantor)}");
}
