// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>Memberships over one connection.</summary>
internal sealed class MembershipCatalog(SqlContext context) : IMembershipCatalog
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<PgRoleMember>?> GrantAsync(
        IReadOnlyList<string> roles, IReadOnlyList<string> members, IChangeApproval approval, CancellationToken cancellation) =>
        context.ChangeAsync(
            "Grant roles", new GrantRoles(roles, members, context.Target, context.ServerVersion), approval, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgRoleMember>?> RevokeAsync(
        IReadOnlyList<string> roles, IReadOnlyList<string> members, IChangeApproval approval, CancellationToken cancellation) =>
        context.ChangeAsync(
            "Revoke roles", new RevokeRoles(roles, members, context.Target, context.ServerVersion), approval, cancellation);
}
