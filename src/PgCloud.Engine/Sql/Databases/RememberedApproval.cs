// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Databases;

/// <summary>Asks about statements once: those that were approved are not asked about again when their turn comes.</summary>
internal sealed class RememberedApproval(IChangeApproval approval) : IChangeApproval
{
    private readonly HashSet<string> _approved = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool MayWait => approval.MayWait;

    /// <inheritdoc/>
    public async Task<bool> ApproveAsync(IReadOnlyList<SqlPlan> plans)
    {
        string[] statements = [.. plans.SelectMany(plan => plan.Statements)];
        if (Covers(statements))
        {
            return true;
        }

        bool answer = await approval.ApproveAsync(plans);
        if (answer)
        {
            _approved.UnionWith(statements);
        }

        return answer;
    }

    /// <summary>Whether all of these were approved before.</summary>
    internal bool Covers(IEnumerable<string> statements) => _approved.Count > 0 && _approved.IsSupersetOf(statements);
}
