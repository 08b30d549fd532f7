// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>Grants privileges, as far as the grantees do not have them.</summary>
internal sealed class GrantPrivileges(IReadOnlyList<PrivilegeRequest> requests, SqlContext context)
    : PrivilegeChange(requests, context, withColumns: false)
{
    private static readonly AclWording Plain = new("GRANT", "TO", string.Empty);
    private static readonly AclWording WithGrantOption = new("GRANT", "TO", " WITH GRANT OPTION");

    /// <inheritdoc/>
    private protected override PendingChange Compare(PrivilegeRequest request, AclHolder holder, string privilege, Grantee grantee)
    {
        if (request.WithGrantOption && grantee.IsPublic)
        {
            throw PgErrors.GrantOptionToPublic();
        }

        List<AclEntry> present = holder.Entries.FindAll(entry => entry.Grantee == grantee && entry.Privilege == privilege);
        AclEntry? best = present.Find(entry => entry.IsGrantable) ?? present.FirstOrDefault();
        if (best is not null && (best.IsGrantable || !request.WithGrantOption))
        {
            return new PendingChange(
                holder, grantee, holder.Describe(privilege, grantee, best.IsGrantable, best.Grantor, PgChange.Unchanged), []);
        }

        Acting? asOwner = Acting.WithRightsOf(holder.OwnerAccess, Inspection.Inherits);
        Acting acting = asOwner
            ?? (holder.Grantable.Contains(privilege) ? Acting.ByGrantOption : null)
            ?? throw PgErrors.PrivilegeNotGranted(Inspection.User, privilege, holder.Type.ToString(), holder.Title, holder.Owner);
        PgPrivilege result = holder.Describe(
            privilege, grantee, request.WithGrantOption, asOwner is null ? null : holder.Owner, best is null ? PgChange.Created : PgChange.Updated);
        return new PendingChange(holder, grantee, result, [(acting, 0, request.WithGrantOption ? WithGrantOption : Plain)]);
    }
}
