// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>One row of pg_auth_members; from 16 on a membership has one a grantor. Changed along with what is planned for it.</summary>
internal sealed record RoleGrant
{
    /// <summary>Who granted it; <see langword="null"/> where that role is gone, or the server is to choose.</summary>
    internal string? Grantor { get; init; }

    /// <summary>ADMIN option.</summary>
    internal bool Admin { get; set; }

    /// <summary>INHERIT option; below 16 the member's attribute.</summary>
    internal bool Inherit { get; set; }

    /// <summary>SET option; below 16 always.</summary>
    internal bool Set { get; set; }

    /// <summary>Whether this session may change it in the grantor's name; below 16 that is not asked.</summary>
    internal bool IsRevocable { get; init; } = true;

    /// <summary>Whether the grantor is the superuser that initdb made, in whose name the server itself grants.</summary>
    internal bool IsFromServer { get; init; }

    /// <summary>
    ///   Whether it is what the server gives from 16 on to whoever makes a role: the right to grant the role on, and no use of it. It cannot
    ///   be told from the same grant by a superuser.
    /// </summary>
    internal bool IsOfMaker => IsFromServer && Admin && !Inherit && !Set;

    /// <summary>Whether it is that, and this session is no superuser, who alone could take it back.</summary>
    internal bool IsMakersOwn => IsOfMaker && !IsRevocable;
}
