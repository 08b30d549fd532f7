// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>What has an ACL: an object, a column, or the default privileges of an owner.</summary>
internal sealed class AclHolder
{
    /// <summary>The kind.</summary>
    internal required PgObjectType Type { get; init; }

    /// <summary>The schema, where there is one.</summary>
    internal string? Schema { get; init; }

    /// <summary>The name as PgPrivilege has it; <see langword="null"/> for default privileges.</summary>
    internal string? Name { get; init; }

    /// <summary>The column.</summary>
    internal string? Column { get; init; }

    /// <summary>How it is named to the user.</summary>
    internal required string Title { get; init; }

    /// <summary>Who owns it.</summary>
    internal required string Owner { get; init; }

    /// <summary>What comes before GRANT: ALTER DEFAULT PRIVILEGES … for default privileges, else nothing.</summary>
    internal string Prefix { get; init; } = string.Empty;

    /// <summary>GRANT's word for the kind; for default privileges in the plural.</summary>
    internal required string Keyword { get; init; }

    /// <summary>What follows the word: the quoted name; nothing for default privileges.</summary>
    internal string Reference { get; init; } = string.Empty;

    /// <summary>Whether it belongs to an extension; known only of what was looked for by -All.</summary>
    internal bool IsOfExtension { get; init; }

    /// <summary>Whether these are privileges on objects to come.</summary>
    internal bool IsDefault => Prefix.Length > 0;

    /// <summary>How far the session can act as the owner; <see langword="null"/> where that role is gone.</summary>
    internal RoleAccess? OwnerAccess { get; init; }

    /// <summary>What the session may grant without acting as anybody else.</summary>
    internal IReadOnlyList<string> Grantable { get; init; } = [];

    /// <summary>The privileges of the grantees in question.</summary>
    internal List<AclEntry> Entries { get; } = [];

    /// <summary>A privilege on it, as it is told.</summary>
    internal PgPrivilege Describe(string privilege, Grantee grantee, bool isGrantable, string? grantor, PgChange change) => new()
    {
        ObjectType = Type,
        Schema = Schema,
        Name = Name,
        Column = Column,
        ObjectName = Title,
        Owner = Owner,
        Privilege = privilege,
        Grantee = grantee.IsPublic ? "PUBLIC" : grantee.Name,
        IsPublic = grantee.IsPublic,
        IsGrantable = isGrantable,
        Grantor = grantor,
        IsDefault = IsDefault,
        Change = change,
    };
}

/// <summary>One privilege in an ACL.</summary>
/// <param name="Grantee">Who has it.</param>
/// <param name="Privilege">The privilege.</param>
/// <param name="IsGrantable">With grant option.</param>
/// <param name="Grantor">Who granted it.</param>
/// <param name="GrantorAccess">How far the session can act as that role; <see langword="null"/> where it is the owner.</param>
/// <param name="GrantorIsOwner">
///   Whether the grantor is the owner or has the owner's rights. Whatever such a role grants or revokes, the server takes for the owner's.
/// </param>
/// <param name="Column">The column it is on, where the holder is the whole table.</param>
internal sealed record AclEntry(
    Grantee Grantee, string Privilege, bool IsGrantable, string Grantor, RoleAccess? GrantorAccess, bool GrantorIsOwner, string? Column);

/// <summary>Who has a privilege, or shall have it.</summary>
/// <param name="Name">The role's name; empty for everybody.</param>
/// <param name="IsPublic">Whether it is everybody.</param>
internal readonly record struct Grantee(string Name, bool IsPublic)
{
    /// <summary>Everybody.</summary>
    internal static Grantee Public { get; } = new(string.Empty, true);

    /// <summary>As GRANT names it.</summary>
    internal string Sql => IsPublic ? "PUBLIC" : PgNames.Quote(Name);
}
