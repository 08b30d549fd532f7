// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Sql;

namespace PgCloud.Engine.Tests.Sql.Servers;

/// <summary>Changes that are approved beforehand, as most tests want them.</summary>
internal static class SessionExtensions
{
    internal static Task<IReadOnlyList<PgRole>> GetRolesAsync(
        this NpgsqlSqlSession session, IReadOnlyCollection<string>? names, CancellationToken cancellation) =>
        session.Roles.GetAsync(names, cancellation);

    internal static async Task<PgRole> EnsureRoleAsync(this NpgsqlSqlSession session, RoleRequest request, CancellationToken cancellation) =>
        (await session.Roles.EnsureAsync(request, Approved.Beforehand, cancellation))!;

    internal static async Task<PgRole> SetRoleAsync(this NpgsqlSqlSession session, RoleRequest request) =>
        (await session.Roles.SetAsync(request, Approved.Beforehand, CancellationToken.None))!;

    internal static async Task<PgRole> DropRoleAsync(this NpgsqlSqlSession session, string name, CancellationToken cancellation) =>
        (await session.Roles.DropAsync(new RoleRemoval(name), Approved.Beforehand, cancellation))!;

    internal static Task<IReadOnlyList<PgRoleMember>> GrantRolesAsync(
        this NpgsqlSqlSession session, IReadOnlyList<string> roles, IReadOnlyList<string> members, CancellationToken cancellation) =>
        session.GrantAsync(new GrantRequest(roles, members), cancellation);

    internal static Task<IReadOnlyList<PgRoleMember>> RevokeRolesAsync(
        this NpgsqlSqlSession session, IReadOnlyList<string> roles, IReadOnlyList<string> members, CancellationToken cancellation) =>
        session.RevokeAsync(new RevokeRequest(roles, members), cancellation);

    /// <summary>One request, whose error is thrown.</summary>
    internal static async Task<IReadOnlyList<PgRoleMember>> GrantAsync(
        this NpgsqlSqlSession session, GrantRequest request, CancellationToken cancellation = default) =>
        Only(await session.Memberships.GrantAsync([request], Approved.Beforehand, cancellation));

    /// <summary>One request, whose error is thrown.</summary>
    internal static async Task<IReadOnlyList<PgRoleMember>> RevokeAsync(
        this NpgsqlSqlSession session, RevokeRequest request, CancellationToken cancellation = default) =>
        Only(await session.Memberships.RevokeAsync([request], Approved.Beforehand, cancellation));

    /// <summary>Memberships in the roles, of whomever.</summary>
    internal static async Task<IReadOnlyList<PgRoleMember>> GetMembersAsync(this NpgsqlSqlSession session, params string[] roles) =>
        (await session.Memberships.GetAsync(new MembershipFilter(roles.Contains, _ => true), CancellationToken.None)).Memberships;

    /// <summary>Everything that members have, however they come by it.</summary>
    internal static async Task<IReadOnlyList<PgRoleMember>> GetEffectiveAsync(this NpgsqlSqlSession session, params string[] members) =>
        (await session.Memberships.GetAsync(
            new MembershipFilter(_ => true, members.Contains, IsEffective: true), CancellationToken.None)).Memberships;

    internal static async Task<PgDatabase> EnsureDatabaseAsync(this NpgsqlSqlSession session, DatabaseRequest request) =>
        (await session.Databases.EnsureAsync(request, Approved.Beforehand, CancellationToken.None))!;

    internal static async Task<PgDatabase> SetDatabaseAsync(this NpgsqlSqlSession session, DatabaseAttributes attributes) =>
        (await session.Databases.SetAsync(attributes, Approved.Beforehand, CancellationToken.None))!;

    internal static async Task<PgDatabase> DropDatabaseAsync(this NpgsqlSqlSession session, string name, bool force = false) =>
        (await session.Databases.DropAsync(name, force, Approved.Beforehand, CancellationToken.None))!;

    internal static async Task<PgActivity> StopAsync(
        this NpgsqlSqlSession session, int processId, DateTimeOffset? connectedAt = null, bool terminate = false) =>
        (await session.Activity.StopAsync(
            new StopRequest(processId, connectedAt, terminate, TimeSpan.FromSeconds(60)), Approved.Beforehand, CancellationToken.None))!;

    internal static IAsyncEnumerable<SqlRowBatch> QueryAsync(this NpgsqlSqlSession session, SqlQuery query, CancellationToken cancellation) =>
        session.Queries.RunAsync(query, cancellation);

    /// <summary>Makes roles that can do nothing, and gives their names for <see cref="DropAsync"/>.</summary>
    internal static async Task<string[]> MakeAsync(this NpgsqlSqlSession session, params string[] names)
    {
        foreach (string name in names)
        {
            await session.EnsureRoleAsync(new RoleRequest(name), CancellationToken.None);
        }

        return names;
    }

    /// <summary>Drops roles.</summary>
    internal static async Task DropAsync(this NpgsqlSqlSession session, params string[] names)
    {
        foreach (string name in names)
        {
            await session.DropRoleAsync(name, CancellationToken.None);
        }
    }

    private static IReadOnlyList<PgRoleMember> Only(IReadOnlyList<MembershipOutcome>? outcomes) =>
        outcomes!.Single() is { Error: null } outcome ? outcome.Memberships : throw outcomes![0].Error!;
}
