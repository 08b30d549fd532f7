// SPDX-License-Identifier: MIT

using System.Diagnostics;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Roles;

/// <summary>
///   Removes a role, and before it what depends on it in every database. PostgreSQL has no transaction over several databases, and several
///   side by side would wait for each other for ever: each REASSIGN OWNED also writes what all databases share. So where there are several,
///   each is tried and rolled back first; only when all could be cleared is one after the other, the role with the last.
/// </summary>
internal sealed class RemoveRole
{
    // As DROP DATABASE does, a session that is just ending is waited for.
    private static readonly TimeSpan PatienceWithSessions = TimeSpan.FromSeconds(2);

    private readonly RoleRemoval _removal;
    private readonly SqlContext _context;
    private readonly List<string> _done = [];
    private bool _isLocked;

    internal RemoveRole(RoleRemoval removal, SqlContext context)
    {
        PgNames.CheckIdentifier(removal.Name);
        if (removal.ReassignOwnedTo is { } heir)
        {
            PgNames.CheckIdentifier(heir);
            if (heir == removal.Name)
            {
                throw PgErrors.RoleReassignInvalid(heir);
            }
        }

        if (PgNames.IsPredefined(removal.Name))
        {
            throw PgErrors.RoleProtected(removal.Name, "it is one of PostgreSQL's own");
        }

        _removal = removal;
        _context = context;
    }

    /// <summary>Does it all; <see langword="null"/> where the approval was refused, and nothing was changed.</summary>
    internal Task<PgRole?> RunAsync(IChangeApproval approval, CancellationToken cancellation) => _context.ReportAsync(
        $"Remove role {PgNames.Quote(_removal.Name)}", () => RemoveAsync(approval, cancellation), cancellation);

    private async Task<PgRole?> RemoveAsync(IChangeApproval approval, CancellationToken cancellation)
    {
        RemovalFacts facts = await RemovalFacts.ReadAsync(_context, _removal, cancellation);
        await new RemovalCheck(_removal, _context).RefuseAsync(facts, cancellation);
        if (!_removal.Force)
        {
            await WaitForSessionsAsync(facts.Sessions, cancellation);
        }
        else if (facts.Sessions > 0 || facts.HasDependents)
        {
            return await RemoveAsync(facts, approval, cancellation);
        }

        return facts.HasDependents
            ? await RemoveAsync(facts, approval, cancellation)
            : await new DropRole(_removal.Name, _context.Target).RunAsync(_context, approval, cancellation);
    }

    private async Task<PgRole?> RemoveAsync(RemovalFacts facts, IChangeApproval approval, CancellationToken cancellation)
    {
        var others = new List<SqlContext>();
        try
        {
            foreach ((string database, _) in facts.Databases)
            {
                others.Add(await _context.OpenOtherAsync(database, cancellation));
            }

            var steps = new List<RemovalStep>();
            foreach (SqlContext other in others)
            {
                steps.Add(await RemovalStep.ClearAsync(_removal, other, dropsRole: false, cancellation));
            }

            steps.Add(facts.Dependents.Count > 0
                ? await RemovalStep.ClearAsync(_removal, _context, dropsRole: true, cancellation)
                : await RemovalStep.PlanAsync(_context, new DropRole(_removal.Name, _context.Target), cancellation));
            RemovalStep[] first = [.. await LockingAsync(facts, cancellation)];
            return await approval.ApproveAsync([.. first.Concat(steps).Select(step => step.Plan)])
                ? await ApplyAsync(first, steps, cancellation)
                : null;
        }
        finally
        {
            foreach (SqlContext other in others)
            {
                await other.DisposeAsync();
            }
        }
    }

    /// <summary>With -Force: nobody logs in any more as the role, and who is in is out, so that nothing new comes to depend on it.</summary>
    private async Task<IEnumerable<RemovalStep>> LockingAsync(RemovalFacts facts, CancellationToken cancellation)
    {
        var steps = new List<RemovalStep>();
        if (_removal.Force && facts.Role.Login)
        {
            steps.Add(await RemovalStep.PlanAsync(_context, Login(false), cancellation));
        }

        if (_removal.Force && facts.Sessions > 0)
        {
            steps.Add(await RemovalStep.PlanAsync(_context, new EndSessions(_removal.Name, _context.ServerVersion), cancellation));
        }

        return steps;
    }

    private async Task<PgRole> ApplyAsync(RemovalStep[] locking, List<RemovalStep> steps, CancellationToken cancellation)
    {
        try
        {
            foreach (RemovalStep step in locking)
            {
                _isLocked |= step.IsLock;
                await step.RunAsync(cancellation);
            }

            if (_removal.Force)
            {
                await WaitForSessionsAsync(1, cancellation);
            }

            foreach (RemovalStep step in steps.Count > 1 ? steps : [])
            {
                await step.RehearseAsync(cancellation);
            }

            PgRole? removed = null;
            foreach (RemovalStep step in steps)
            {
                removed = await step.RunAsync(cancellation);
                _done.Add($"the database '{step.Context.Target.Database}' was cleared");
            }

            return removed!;
        }
        catch (Exception exception)
        {
            await UnlockAsync();
            if (exception is PgCloudException failure && _done.Count > 0)
            {
                throw PgErrors.RoleRemovalIncomplete(_removal.Name, string.Join("; ", _done), failure);
            }

            throw;
        }
    }

    /// <summary>Lets the role log in again, whatever it was that failed.</summary>
    private async Task UnlockAsync()
    {
        if (!_isLocked)
        {
            return;
        }

        try
        {
            await _context.ChangeAsync("Let the role log in again", Login(true), Approved.Beforehand, CancellationToken.None);
        }
        catch (PgCloudException)
        {
            // The failure that led here is the one to report, and this with it.
            _done.Add("it can no longer log in");
        }
    }

    private EnsureRole Login(bool mayLogIn) => new(new RoleRequest(_removal.Name) { Login = mayLogIn }, _context, mayCreate: false);

    private async Task WaitForSessionsAsync(int sessions, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        while (sessions > 0)
        {
            sessions = (await RemovalFacts.ReadAsync(_context, _removal, cancellation)).Sessions;
            if (sessions > 0 && Stopwatch.GetElapsedTime(begun) > PatienceWithSessions)
            {
                throw PgErrors.RoleInUse(_removal.Name, sessions);
            }

            await Task.Delay(sessions > 0 ? 50 : 0, cancellation);
        }
    }
}
