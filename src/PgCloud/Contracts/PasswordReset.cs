// SPDX-License-Identifier: MIT

using System.Security;

namespace PgCloud.Contracts;

/// <summary>A new password for a user.</summary>
/// <param name="UserName">The user.</param>
/// <param name="Password">The password; <see langword="null"/> to have a strong one made.</param>
public sealed record PasswordReset(string UserName, SecureString? Password)
{
    /// <summary>IBM Cloud: whether a new service credential takes the place of the old one, with its memberships and what it owns.</summary>
    public bool IsRotation { get; init; }

    /// <summary>IBM Cloud: who sets the password by SQL; <see langword="null"/> for the user itself, with what the service shows of it.</summary>
    public DatabaseCredential? Admin { get; init; }
}
