// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>
///   Roles granted to roles. A change answers <see langword="null"/> where its approval was refused, and nothing was written.
/// </summary>
public interface IMembershipCatalog
{
    /// <summary>Grants every role to every member, all or none.</summary>
    Task<IReadOnlyList<PgRoleMember>?> GrantAsync(
        IReadOnlyList<string> roles, IReadOnlyList<string> members, IChangeApproval approval, CancellationToken cancellation);

    /// <summary>Revokes every role from every member, all or none.</summary>
    Task<IReadOnlyList<PgRoleMember>?> RevokeAsync(
        IReadOnlyList<string> roles, IReadOnlyList<string> members, IChangeApproval approval, CancellationToken cancellation);
}
