// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A membership: one role granted to another, as it was when it was read or written.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgRoleMember
{
    /// <summary>The role that was granted.</summary>
    public required string Role { get; init; }

    /// <summary>The role it was granted to.</summary>
    public required string Member { get; init; }

    /// <summary>ADMIN OPTION: whether the member may grant the role on.</summary>
    public bool Admin { get; init; }

    /// <summary>
    ///   INHERIT OPTION: whether the member has the role's privileges without SET ROLE. Below PostgreSQL 16 the member's own attribute decides.
    /// </summary>
    public bool Inherit { get; init; }

    /// <summary>SET OPTION: whether the member may SET ROLE to the role. Below PostgreSQL 16 every member may.</summary>
    public bool Set { get; init; }

    /// <summary>Who granted it; <c>$null</c> where that is not known, or several did.</summary>
    public string? Grantor { get; init; }

    /// <summary>Whether the role was granted to the member itself, and not to a role that the member is a member of.</summary>
    public bool IsDirect { get; init; } = true;

    /// <summary>The roles that lead from the member to the role, both included.</summary>
    public IReadOnlyList<string> Path
    {
        get => field ?? Lists.Indexable<string>([Member, Role]);
        init => field = Lists.Indexable(value);
    }

    /// <summary>How the member comes to the role's privileges, over the whole path.</summary>
    public PgMembershipRights Rights { get; init; }

    /// <summary>The connection through which it was read or made.</summary>
    public PgConnection? Connection { get; internal set; }

    /// <summary>What the cmdlet that wrote this object did.</summary>
    public PgChange Change { get; init; }

    /// <summary>The path as one text; empty where the membership is direct.</summary>
    public string PathText => IsDirect ? string.Empty : string.Join(" > ", Path);

    /// <summary>The member and the role.</summary>
    public override string ToString() => $"{Member} in {Role}";
}
