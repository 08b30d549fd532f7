// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>A membership: one role granted to another.</summary>
public sealed class PgRoleMember
{
    /// <summary>The role that was granted.</summary>
    public required string Role { get; init; }

    /// <summary>The role it was granted to.</summary>
    public required string Member { get; init; }

    /// <summary>The connection through which it was read or made.</summary>
    public PgConnection? Connection { get; internal set; }

    /// <summary>What the cmdlet that wrote this object did.</summary>
    public PgChange Change { get; init; }

    /// <summary>The member and the role.</summary>
    public override string ToString() => $"{Member} in {Role}";
}
