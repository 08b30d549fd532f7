// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>What a piped object says about a privilege: a PgPrivilege or the row of a file says all, a role or user who the grantee is.</summary>
internal sealed class PipedPrivilege(PSObject? piped)
    : PipedObject(piped, nameof(PgPrivilege.Privilege), nameof(PgPrivilege.Grantee))
{
    private readonly object? _piped = piped?.BaseObject;

    /// <summary>Whether it is a default privilege.</summary>
    internal bool IsDefault => Flag(nameof(PgPrivilege.IsDefault)) == true;

    /// <summary>Whether the grantee may grant it on.</summary>
    internal bool IsGrantable => Flag(nameof(PgPrivilege.IsGrantable)) == true;

    /// <summary>Whether everybody is the grantee.</summary>
    internal bool? IsPublic => Flag(nameof(PgPrivilege.IsPublic));

    /// <summary>The privileges that are asked for.</summary>
    internal string[] Privilege(string[] given) => Or(given, nameof(PgPrivilege.Privilege));

    /// <summary>Who makes the objects to come.</summary>
    internal string[] Owner(string[] given) => given.Length > 0 || !IsDefault ? given : List(Text(nameof(PgPrivilege.Owner)));

    /// <summary>The grantees.</summary>
    /// <param name="given">Those of the parameter.</param>
    /// <param name="isConnectionGiven">Whether a user that is piped in cannot be meant for its connection.</param>
    internal string[] Grantee(string[] given, bool isConnectionGiven) => given.Length > 0 ? given : _piped switch
    {
        PgRole role => [role.Name],
        PgCloudUser user when isConnectionGiven => [user.Name],
        _ => List(Text(nameof(PgPrivilege.Grantee))),
    };

    /// <summary>Refuses what a role has by others: to take it for the role's own would change it for all of those.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Privilege.NotDirect</c>.</exception>
    internal void RefuseIndirect()
    {
        if (BaseObject is PgPrivilege { Via: { Count: > 0 } via } privilege && (privilege.IsPublic || via.Count > 1 || via[0] != privilege.Grantee))
        {
            throw PgErrors.PrivilegeNotDirect(privilege);
        }
    }
}
