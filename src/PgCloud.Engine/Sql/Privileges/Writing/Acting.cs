// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>As whom a statement runs, so that the server takes the right role for the grantor.</summary>
/// <param name="SetRole">The role to SET ROLE to; <see langword="null"/> to run as the session's own.</param>
/// <param name="Borrow">The role that the session must grant to itself first.</param>
/// <param name="IsEach">
///   Whether each privilege needs a statement of its own: then the server finds for each a role that may grant it, while for several it
///   settles for one role that may grant some, and no more than warns about the rest.
/// </param>
internal sealed record Acting(string? SetRole, RoleAccess? Borrow = null, bool IsEach = false)
{
    private static readonly Acting Self = new((string?)null);

    /// <summary>By the grant options that the session has as it is.</summary>
    internal static Acting ByGrantOption { get; } = new(null, IsEach: true);

    /// <summary>With the rights of a role; <see langword="null"/> where the session cannot have them.</summary>
    /// <param name="role">The role.</param>
    /// <param name="inherits">Whether a membership gives the session rights without SET ROLE.</param>
    internal static Acting? WithRightsOf(RoleAccess? role, bool inherits) => role switch
    {
        null => null,
        { Uses: true } => Self,
        { Sets: true } => new Acting(role.Name),
        { IsBorrowable: true } => new Acting(inherits ? null : role.Name, role),
        _ => null,
    };

    /// <summary>As a role itself; <see langword="null"/> where the session cannot be it.</summary>
    internal static Acting? AsIf(RoleAccess role) => role switch
    {
        { Sets: true } => new Acting(role.Name),
        { IsBorrowable: true } => new Acting(role.Name, role),
        _ => null,
    };
}
