// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>What keeps a role from being dropped: something it owns or has a right on, or a grant that was made in its name.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgRoleDependent
{
    /// <summary>The role.</summary>
    public required string Role { get; init; }

    /// <summary>The database it is in; <c>$null</c> for what all databases share, such as databases themselves.</summary>
    public string? Database { get; init; }

    /// <summary>In what way it depends on the role.</summary>
    public PgRoleDependentKind Kind { get; init; }

    /// <summary>What it is, in PostgreSQL's words (pg_identify_object): table, function, schema, default acl ….</summary>
    public required string ObjectType { get; init; }

    /// <summary>Its name with its schema, quoted where it must be; empty where the database cannot be connected to.</summary>
    public string ObjectName { get; init; } = string.Empty;

    /// <summary>The way, the object and the database.</summary>
    public override string ToString() => $"{Way} {ObjectType} {ObjectName}".TrimEnd() + (Database is null ? string.Empty : $" in {Database}");

    private string Way => Kind switch
    {
        PgRoleDependentKind.Owner => "owner of",
        PgRoleDependentKind.Privilege => "privileges on",
        PgRoleDependentKind.DefaultPrivilege => "default privileges:",
        PgRoleDependentKind.Policy => "named by",
        _ => "grantor of",
    };
}

/// <summary>In what way an object depends on a role.</summary>
public enum PgRoleDependentKind
{
    /// <summary>The role owns it.</summary>
    Owner,

    /// <summary>The role has privileges on it, or granted some to others.</summary>
    Privilege,

    /// <summary>It is about privileges that new objects will have.</summary>
    DefaultPrivilege,

    /// <summary>It is a row-level security policy that names the role.</summary>
    Policy,

    /// <summary>It is a membership that was granted in the role's name; from PostgreSQL 16 on.</summary>
    Membership,
}
