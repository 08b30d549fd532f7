// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>Revokes privileges, whoever granted them: a plain REVOKE takes back one grantor's grants and is silent about the others'.</summary>
internal sealed class RevokePrivileges(IReadOnlyList<PrivilegeRequest> requests, SqlContext context)
    : PrivilegeChange(requests, context, withColumns: true)
{
    /// <inheritdoc/>
    private protected override PendingChange Compare(PrivilegeRequest request, AclHolder holder, string privilege, Grantee grantee)
    {
        var wording = new AclWording(
            request.GrantOptionOnly ? "REVOKE GRANT OPTION FOR" : "REVOKE", "FROM", request.Cascade ? " CASCADE" : string.Empty);
        List<AclEntry> present = holder.Entries.FindAll(
            entry => entry.Grantee == grantee && entry.Privilege == privilege && (entry.IsGrantable || !request.GrantOptionOnly));
        PgChange change = present.Count == 0 ? PgChange.Unchanged : request.GrantOptionOnly ? PgChange.Updated : PgChange.Removed;
        PgPrivilege result = holder.Describe(
            privilege, grantee, !request.GrantOptionOnly && present.Exists(entry => entry.IsGrantable), present.FirstOrDefault()?.Grantor, change);
        return new PendingChange(
            holder, grantee, result, [.. present.Select(entry => (ActingFor(holder, entry), DepthOf(holder, entry, 0), wording)).Distinct()]);
    }

    private Acting ActingFor(AclHolder holder, AclEntry entry)
    {
        if (entry.GrantorAccess is not { } grantor)
        {
            return Acting.WithRightsOf(holder.OwnerAccess, Inspection.Inherits)
                ?? throw PgErrors.PrivilegeNotGranted(Inspection.User, entry.Privilege, holder.Type.ToString(), holder.Title, holder.Owner);
        }

        return (entry.GrantorIsOwner ? null : Acting.AsIf(grantor))
            ?? throw PgErrors.PrivilegeNotRevoked(Inspection.User, entry.Privilege, holder.Type.ToString(), holder.Title, entry.Grantor);
    }

    /// <summary>How far from the owner a grant was made: what was granted on goes first, or the server would refuse to take the rest.</summary>
    private static int DepthOf(AclHolder holder, AclEntry entry, int depth)
    {
        if (entry.GrantorAccess is null || depth > holder.Entries.Count)
        {
            return depth;
        }

        AclEntry? source = holder.Entries.Find(other =>
            other.IsGrantable && other.Privilege == entry.Privilege && other.Grantee == new Grantee(entry.Grantor, false));
        return source is null ? depth + 1 : DepthOf(holder, source, depth + 1);
    }
}
