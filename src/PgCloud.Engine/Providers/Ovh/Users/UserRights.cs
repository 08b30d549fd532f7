// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Ovh.Users;

/// <summary>
///   Gives a user of the API its rights, by SQL: "user grants and privileges management are not supported via the OVHcloud Control Panel or
///   the OVHcloud API" (Configure your PostgreSQL instance to accept incoming connections).
/// </summary>
internal static class UserRights
{
    private const int FirstWithAdminRules = 16;

    private static readonly string[] Writer = ["pg_read_all_data", "pg_write_all_data"];

    /// <summary>Brings a user to its rights.</summary>
    /// <returns>The roles it is a member of by that, and whether anything had to be written.</returns>
    internal static async Task<(IReadOnlyList<string> Roles, bool IsChanged)> GiveAsync(
        ISqlSession session, string admin, string name, PgCloudUserKind kind, IReporter reporter, CancellationToken cancellation)
    {
        bool isManager = kind == PgCloudUserKind.Manager;
        bool isChanged = false;
        if (isManager)
        {
            PgRole? role = await session.Roles.SetAsync(
                new RoleRequest(name) { CreateRole = true, CreateDatabase = true }, Approved.Beforehand, cancellation);
            isChanged = role?.Change is PgChange.Updated;
        }

        int major = session.ServerVersion.Major;
        string[] wanted = isManager ? [.. AdminMemberships.On(major)] : Writer;
        MembershipReading reading = await session.Memberships.GetAsync(
            new MembershipFilter(wanted.Contains, m => m == admin, IsEffective: true), cancellation);
        string[] granted = major < FirstWithAdminRules
            ? [.. wanted.Where(reading.RoleNames.Contains)]
            : [.. wanted.Where(w => reading.Memberships.Any(m => m.Role == w && m.Admin))];
        if (wanted.Except(granted).ToArray() is { Length: > 0 } missing)
        {
            reporter.Warning($"'{name}' is not made a member of {string.Join(", ", missing)}: '{admin}' cannot grant that.");
        }

        IReadOnlyList<MembershipOutcome>? outcomes = granted.Length == 0
            ? []
            : await session.Memberships.GrantAsync(
                [new GrantRequest(granted, [name]) { Admin = isManager ? true : null }], Approved.Beforehand, cancellation);
        if (outcomes?.FirstOrDefault(o => o.Error is not null)?.Error is { } error)
        {
            throw error;
        }

        isChanged |= outcomes?.Any(o => o.Memberships.Any(m => m.Change is PgChange.Created or PgChange.Updated)) == true;
        return (granted, isChanged);
    }
}
