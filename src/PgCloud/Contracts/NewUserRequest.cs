// SPDX-License-Identifier: MIT

using System.Security;

namespace PgCloud.Contracts;

/// <summary>What user to make.</summary>
/// <param name="Name">The role name.</param>
/// <param name="Kind">Manager or Writer.</param>
/// <param name="Password">The password; <see langword="null"/> to have a strong one made.</param>
public sealed record NewUserRequest(string Name, PgCloudUserKind Kind, SecureString? Password)
{
    /// <summary>OVHcloud: the roles that its API gives, such as <c>replication</c>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>OVHcloud: an admin who gives the rights by SQL; <see langword="null"/> to use avnadmin where this session knows its password.</summary>
    public DatabaseCredential? Admin { get; init; }

    /// <summary>OVHcloud: whether avnadmin may be given a new password for that.</summary>
    public bool ResetAdmin { get; init; }
}

/// <summary>Who logs in to a database.</summary>
/// <param name="UserName">The role.</param>
/// <param name="Password">Its password.</param>
public sealed record DatabaseCredential(string UserName, SecureString Password)
{
    /// <summary>The role; never the password.</summary>
    public override string ToString() => UserName;
}

/// <summary>A user and the password that was set for it, where one was.</summary>
/// <param name="User">The user.</param>
/// <param name="Password">The password; <see langword="null"/> where none was set.</param>
public sealed record UserWithPassword(PgCloudUser User, SecureString? Password);
