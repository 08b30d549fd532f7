// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>One privilege on one object, or one default privilege for objects to come, as it was when it was read.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgPrivilege
{
    /// <summary>What kind of object it is on; for a default privilege, on what kind of object it will be.</summary>
    public PgObjectType ObjectType { get; init; }

    /// <summary>The object's schema; <c>$null</c> where that kind has none, and for a default privilege in every schema.</summary>
    public string? Schema { get; init; }

    /// <summary>
    ///   The object's name, unquoted; of a routine its signature, name(argument types), as PostgreSQL writes it; of a column the name of its
    ///   table. <c>$null</c> for a default privilege.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>The column's name, of a privilege on a column.</summary>
    public string? Column { get; init; }

    /// <summary>The privilege in PostgreSQL's words: SELECT, USAGE, ALTER SYSTEM …</summary>
    public required string Privilege { get; init; }

    /// <summary>Who has it: a role's name, or PUBLIC.</summary>
    public required string Grantee { get; init; }

    /// <summary>Whether everybody has it: the grantee is PUBLIC and no role.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Who granted it.</summary>
    public string? Grantor { get; init; }

    /// <summary>Who owns the object; for a default privilege, on whose objects it will be.</summary>
    public string? Owner { get; init; }

    /// <summary>WITH GRANT OPTION: whether the grantee may grant it on.</summary>
    public bool IsGrantable { get; init; }

    /// <summary>Whether nobody ever granted it: the object's ACL is empty (NULL), which means the built-in privileges (acldefault).</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>Whether it is a default privilege: for objects that the owner will make (ALTER DEFAULT PRIVILEGES).</summary>
    public bool IsDefault { get; init; }

    /// <summary>
    ///   With Get-PgPrivilege -Effective, how the role that was asked about comes by it: the roles from itself to the grantee, PUBLIC,
    ///   or why it needs no grant.
    /// </summary>
    public IReadOnlyList<string> Via { get; init => field = Lists.Indexable(value); } = [];

    /// <summary>The connection through which it was read or made.</summary>
    public PgConnection? Connection { get; internal set; }

    /// <summary>What the cmdlet that wrote this object did.</summary>
    public PgChange Change { get; internal set; }

    /// <summary>The object as SQL names it, quoted where it must be; of a default privilege, which objects to come.</summary>
    public string ObjectName { get; init; } = string.Empty;

    /// <summary>The privilege, the object and the grantee.</summary>
    public override string ToString() => $"{Privilege} on {ObjectType} {ObjectName} to {Grantee}";
}
