// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Roles;

/// <summary>One transaction of a removal: planned first, so that all can be shown, and run when all are agreed to.</summary>
internal sealed class RemovalStep
{
    private readonly Func<string, IChangeApproval, CancellationToken, Task<PgRole?>> _run;
    private readonly ClearRole? _clear;
    private readonly Agreed _agreed;

    private RemovalStep(
        SqlContext context, IReadOnlyList<SqlStatement> planned, IEnumerable<SqlStatement> last, ClearRole? clear, bool isLock,
        Func<string, IChangeApproval, CancellationToken, Task<PgRole?>> run)
    {
        Context = context;
        Plan = new SqlPlan(context.Target.ToString(), [.. planned.Concat(last).Select(statement => statement.Shown)]);
        IsLock = isLock;
        _agreed = new Agreed([.. planned.Select(statement => statement.Shown)]);
        _clear = clear;
        _run = run;
    }

    /// <summary>Where it runs.</summary>
    internal SqlContext Context { get; }

    /// <summary>What it runs.</summary>
    internal SqlPlan Plan { get; }

    /// <summary>Whether it keeps the role from logging in.</summary>
    internal bool IsLock { get; }

    /// <summary>Plans the clearing of a database.</summary>
    internal static async Task<RemovalStep> ClearAsync(RoleRemoval removal, SqlContext context, bool dropsRole, CancellationToken cancellation)
    {
        var clear = await context.ReportAsync(
            $"Look for owners in {context.Target.Database}",
            async () => new ClearRole(removal, await RoleLenders.ReadAsync(context, removal.Name, cancellation), context, dropsRole),
            cancellation);
        return await PlanAsync(context, clear, cancellation);
    }

    /// <summary>Plans a change.</summary>
    internal static async Task<RemovalStep> PlanAsync<T>(SqlContext context, CatalogChange<T> change, CancellationToken cancellation)
        where T : class
    {
        IReadOnlyList<SqlStatement> planned = await context.ReportAsync(
            $"Plan the work in {context.Target.Database}", () => change.PreviewAsync(context.Connection, cancellation), cancellation);
        var clear = change as ClearRole;
        return new RemovalStep(
            context, planned, clear?.Last ?? [], clear, change is EnsureRole,
            async (what, approval, token) => await context.ChangeAsync($"{what} in {context.Target.Database}", change, approval, token) is { } result
                ? result as PgRole
                : throw PgErrors.SqlConflict(context.Target.ToString(), "40001", "what is to be done is not what was agreed to any more"));
    }

    /// <summary>Tries it and rolls it back.</summary>
    internal async Task RehearseAsync(CancellationToken cancellation)
    {
        if (_clear is not null)
        {
            _clear.IsRehearsal = true;
            await _run("Try", _agreed, cancellation);
            _clear.IsRehearsal = false;
        }
    }

    /// <summary>Does it.</summary>
    internal Task<PgRole?> RunAsync(CancellationToken cancellation) => _run("Work", _agreed, cancellation);

    /// <summary>Agrees to what was shown, and to nothing else.</summary>
    private sealed class Agreed(string[] shown) : IChangeApproval
    {
        public bool MayWait => false;

        public Task<bool> ApproveAsync(IReadOnlyList<SqlPlan> plans) =>
            Task.FromResult(plans.Count == 1 && plans[0].Statements.SequenceEqual(shown, StringComparer.Ordinal));
    }
}
