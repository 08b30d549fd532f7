// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Instances;

namespace PgCloud.Engine.Providers.Ovh.Users;

/// <summary>The API's <c>UserWithRoles</c>; with the password it is <c>UserWithPasswordAndRoles</c>.</summary>
internal sealed class OvhUser
{
    /// <summary>The user that every instance has from the start, and whose password nobody knows before a reset.</summary>
    internal const string Admin = "avnadmin";

    public string Id { get; init; } = string.Empty;

    public string Username { get; init; } = string.Empty;

    public IReadOnlyList<string>? Roles { get; init; }

    public OvhEnum<OvhStatus> Status { get; init; }

    // A class and not a record: a record's ToString would show it.
    public string? Password { get; init; }

    /// <summary>The name; never the password.</summary>
    public override string ToString() => Username;
}
