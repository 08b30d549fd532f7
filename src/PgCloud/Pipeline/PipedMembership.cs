// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Management.Automation;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>
///   What a piped object says about a membership, if it is one: a PgRoleMember, alive or from a file, or a row with a Role and a Member. Not
///   bound by property name, since a PgRole, piped as the member, has an Inherit that means something else.
/// </summary>
internal sealed class PipedMembership
{
    private readonly PSObject? _membership;

    internal PipedMembership(PSObject? piped) =>
        _membership = piped?.Properties["Role"] is not null && piped.Properties["Member"] is not null ? piped : null;

    /// <summary>Its ADMIN option.</summary>
    internal bool? Admin => Flag("Admin");

    /// <summary>Its INHERIT option.</summary>
    internal bool? Inherit => Flag("Inherit");

    /// <summary>Its SET option.</summary>
    internal bool? Set => Flag("Set");

    /// <summary>Whether it says anything about options.</summary>
    internal bool HasOptions => Admin is not null || Inherit is not null || Set is not null;

    /// <summary>Who granted it, if it was read through this connection: on another server that says nothing.</summary>
    internal string? GrantorAt(PgConnection connection) =>
        _membership?.BaseObject is PgRoleMember membership && ReferenceEquals(membership.Connection, connection) ? membership.Grantor : null;

    /// <summary>Refuses what was granted to other roles: to take it for a grant to the member would widen it.</summary>
    internal void RefuseIndirect()
    {
        if (Flag(nameof(PgRoleMember.IsDirect)) == false)
        {
            throw PgErrors.MembershipNotDirect(_membership!.BaseObject, $"{_membership.Properties[nameof(PgRoleMember.PathText)]?.Value}");
        }
    }

    private bool? Flag(string name) => _membership?.Properties[name]?.Value switch
    {
        null => null,
        bool value => value,
        PSObject { BaseObject: bool value } => value,
        var text => bool.TryParse(Convert.ToString(text, CultureInfo.InvariantCulture), out bool value) ? value : null,
    };
}
