// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>Memberships over one connection.</summary>
internal sealed class MembershipCatalog(SqlContext context) : IMembershipCatalog
{
    private bool HasOptions => context.ServerVersion.Major >= 16;

    /// <inheritdoc/>
    public Task<MembershipReading> GetAsync(MembershipFilter filter, CancellationToken cancellation) =>
        context.ReportAsync("Read memberships", () => ReadAsync(filter, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MembershipOutcome>?> GrantAsync(
        IReadOnlyList<GrantRequest> requests, IChangeApproval approval, CancellationToken cancellation) =>
        ChangeAsync("Grant roles", requests, sound => new GrantRoles(sound, context), approval, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MembershipOutcome>?> RevokeAsync(
        IReadOnlyList<RevokeRequest> requests, IChangeApproval approval, CancellationToken cancellation) =>
        ChangeAsync("Revoke roles", requests, sound => new RevokeRoles(sound, context), approval, cancellation);

    /// <summary>Does what can be asked of the server, and puts the answers back in the order of the requests.</summary>
    private async Task<IReadOnlyList<MembershipOutcome>?> ChangeAsync<TRequest>(
        string what,
        IReadOnlyList<TRequest> requests,
        Func<IReadOnlyList<TRequest>, MembershipChange<TRequest>> begin,
        IChangeApproval approval,
        CancellationToken cancellation)
        where TRequest : MembershipRequest
    {
        MembershipOutcome?[] outcomes = [.. requests.Select(MembershipChange<TRequest>.Flaw)];
        TRequest[] sound = [.. requests.Where((_, i) => outcomes[i] is null)];
        if (sound.Length == 0)
        {
            return outcomes!;
        }

        IReadOnlyList<MembershipOutcome>? done;
        try
        {
            done = await context.ChangeAsync(what, begin(sound), approval, cancellation);
        }
        catch (PgCloudException failure) when (requests.Count > 1 && IsRefusal(failure))
        {
            throw PgErrors.NothingOfAll(failure, requests.Count);
        }

        if (done is null)
        {
            return null;
        }

        var answers = new Queue<MembershipOutcome>(done);
        return [.. outcomes.Select(outcome => outcome ?? answers.Dequeue())];
    }

    // Of a connection that was lost over COMMIT nobody knows what was carried out.
    private static bool IsRefusal(PgCloudException failure) =>
        failure.Kind is PgErrorKind.PermissionDenied or PgErrorKind.InvalidState or PgErrorKind.InvalidOperation;

    private async Task<MembershipReading> ReadAsync(MembershipFilter filter, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(context.Connection) { Timeout = 0 };
        batch.BatchCommands.Add(MembershipSql.AllGrants(HasOptions));
        batch.BatchCommands.Add(MembershipSql.AllNames());
        batch.BatchCommands.Add(MembershipSql.OwnerOfDatabase());
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellation);
        List<(string Role, string Member, RoleGrant Grant)> grants = await MembershipSql.ReadGrantsAsync(reader, cancellation);

        await reader.NextResultAsync(cancellation);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            names.Add(reader.GetString(0));
        }

        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        string owner = reader.GetString(0);

        IEnumerable<PgRoleMember> memberships = filter.IsEffective
            ? Effective(new RoleGraph(grants, owner), names.Where(filter.IncludesMember))
            : grants.Where(g => filter.IncludesMember(g.Member))
                .OrderBy(g => g.Member, StringComparer.Ordinal)
                .ThenBy(g => g.Role, StringComparer.Ordinal)
                .ThenBy(g => g.Grant.Grantor, StringComparer.Ordinal)
                .Select(g => Membership.Show(g.Role, g.Member, [g.Grant]));
        return new MembershipReading([.. memberships.Where(membership => filter.IncludesRole(membership.Role))], names);
    }

    private static IEnumerable<PgRoleMember> Effective(RoleGraph graph, IEnumerable<string> members) =>
        members.Order(StringComparer.Ordinal).SelectMany(graph.RolesOf);
}
