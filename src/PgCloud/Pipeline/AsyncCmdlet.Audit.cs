// SPDX-License-Identifier: MIT

using System.Management.Automation;
using System.Reflection;
using PgCloud.Audit;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>The audit trail: what a cmdlet changed, or was about to change, is written down at this one place.</summary>
public abstract partial class AsyncCmdlet
{
    // For the work of cmdlets that do not go on with the next thing after a failure.
    private readonly ChangeScope _whole = new();

    /// <summary>The session through which a target is changed; <see langword="null"/> where there is none.</summary>
    private protected virtual PgCloudSession? AuditedSession(AuditTarget? target) => target?.Instance?.Session;

    /// <summary>What the work at hand is on, where nothing closer is known.</summary>
    private protected virtual AuditTarget? Place => AuditTarget.Of(_subject.Value);

    /// <summary>Says what the work at hand is about, before there is an object of it.</summary>
    private protected static void About<T>(string name)
    {
        if (ChangeScope.Current is { } scope)
        {
            scope.About = AuditTarget.Named<T>(name);
        }
    }

    /// <summary>Notes that statements are about to be run that may change something.</summary>
    /// <param name="tags">Tells their command tags; asked only where they are to be written down.</param>
    /// <returns>Whether there are any.</returns>
    private protected bool AllowStatements(Func<IReadOnlyList<string>> tags)
    {
        ChangeScope scope = Scope;
        bool isAudited = AuditedSession(Place)?.AuditPath is not null
            || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(AuditTrail.Variable));
        scope.Statements = isAudited ? tags() : [];
        return scope.Statements.Count > 0 && Allow();
    }

    /// <summary>Writes what was changed to the audit trail, and then, where it is to be shown, to the pipeline.</summary>
    private protected async Task WriteChangedAsync(object changed, bool isShown = true)
    {
        Record([changed]);
        if (isShown)
        {
            await WriteAsync(changed);
        }
    }

    /// <summary>Writes to the audit trail what was changed; objects that say Unchanged, or that they were only read, are passed over.</summary>
    /// <param name="changed">The objects, which say what was done to them.</param>
    /// <param name="failures">What of the same work failed.</param>
    private protected void Record(IEnumerable<object> changed, IEnumerable<(object? Target, PgCloudException Failure)>? failures = null)
    {
        ChangeScope scope = Scope;
        AuditEvent[] events =
        [
            .. NewEvents(scope, scope.TakeAsides().Concat(changed)),
            .. (failures ?? []).Select(f => NewFailure(scope, f.Failure, AuditTarget.Of(f.Target))),
        ];
        scope.IsRecorded = true;
        Append(scope, events);
    }

    private ChangeScope Scope => ChangeScope.Current ?? _whole;

    private string Verb => GetType().GetCustomAttribute<CmdletAttribute>()?.VerbName ?? string.Empty;

    private string CmdletName => $"{Verb}-{GetType().GetCustomAttribute<CmdletAttribute>()?.NounName}";

    // Leave was given to change something: that must not happen where it could not be written down.
    private bool Allow()
    {
        ChangeScope scope = Scope;
        TrailOf(AuditedSession(scope.About is { } about ? At(about) : Place))?.Check();
        scope.Allow();
        return true;
    }

    private void RecordFailure(PgCloudException failure)
    {
        ChangeScope scope = Scope;
        if (scope is { IsAllowed: true, IsRecorded: false })
        {
            scope.IsRecorded = true;
            Append(scope, [.. NewEvents(scope, scope.TakeAsides()), NewFailure(scope, failure, scope.About)]);
        }
    }

    // What ends the work otherwise, such as Ctrl+C, leaves open what became of it. A filter of exceptions: it catches nothing.
    private bool RecordUnknown(Exception exception)
    {
        ChangeScope scope = Scope;
        if (exception is not (PgCloudException or TerminatingException) && scope is { IsAllowed: true, IsRecorded: false })
        {
            scope.IsRecorded = true;
            bool isStop = exception is OperationCanceledException || exception.GetType().Assembly == typeof(PSCmdlet).Assembly;
            string reason = isStop ? "PgCloud.Stopped" : "PgCloud.Unexpected";
            AuditEvent unknown = NewEvent(scope, TargetOf(scope.About), ActionOf(null)) with { Outcome = "unknown", ReasonId = reason };
            Append(scope, [.. NewEvents(scope, scope.TakeAsides()), unknown]);
        }

        return false;
    }

    // Does work, and writes down where it failed.
    private async Task AuditedAsync(ChangeScope scope, Func<Task> work)
    {
        ChangeScope.Current = scope;
        try
        {
            await work();
        }
        catch (PgCloudException exception)
        {
            RecordFailure(exception);
            throw;
        }
        catch (TerminatingException exception)
        {
            RecordFailure(exception.Cause);
            throw;
        }
        catch (Exception exception) when (RecordUnknown(exception))
        {
            throw;
        }

        await TellUnwrittenAsync(scope);
    }

    private async Task TellUnwrittenAsync(ChangeScope scope)
    {
        foreach (PgCloudException error in scope.TakeUnwritten())
        {
            await WriteErrorAsync(error);
        }
    }

    private IEnumerable<AuditEvent> NewEvents(ChangeScope scope, IEnumerable<object> changed) => changed.Select(AuditTarget.Of)
        .Where(t => t is { Change: PgChange.Created or PgChange.Updated or PgChange.Removed })
        .Select(t => NewEvent(scope, At(t!), ActionOf(t!.Change)));

    private AuditEvent NewFailure(ChangeScope scope, PgCloudException failure, AuditTarget? target) =>
        NewEvent(scope, TargetOf(target ?? AuditTarget.Of(failure.Target)), ActionOf(null)) with
        {
            Outcome = scope.MayBeDone(failure) ? "unknown" : "failure",
            Reason = failure,
            RequestIds = failure.QueryId is { } id && !scope.Requests.Contains(id) ? [.. scope.Requests, id] : scope.Requests,
        };

    private AuditEvent NewEvent(ChangeScope scope, AuditTarget target, string action) => new(CmdletName, target, action)
    {
        Session = AuditedSession(target),
        RequestIds = scope.Requests,
        Statements = scope.Statements,
        Duration = scope.Duration,
    };

    private AuditTarget TargetOf(AuditTarget? target) => target is null ? Place ?? new AuditTarget("unknown", CmdletName) : At(target);

    private AuditTarget At(AuditTarget target) => target is { Instance: null, Connection: null } && Place is { } place && place != target
        ? target with { Instance = place.Instance, Connection = place.Connection }
        : target;

    private string ActionOf(PgChange? change) => (Verb, change) switch
    {
        (VerbsLifecycle.Start or VerbsLifecycle.Stop or VerbsData.Restore or VerbsLifecycle.Enable, _) => Verb.ToLowerInvariant(),
        (VerbsSecurity.Grant, PgChange.Removed) or (VerbsSecurity.Revoke, _) => "revoke",
        (VerbsSecurity.Grant, _) => "allow",
        (_, PgChange.Created) or (VerbsCommon.New or VerbsCommon.Add or VerbsLifecycle.Request, null) => "create",
        (_, PgChange.Removed) or (VerbsCommon.Remove, null) => "delete",
        _ => "update",
    };

    private static AuditTrail? TrailOf(PgCloudSession? session) =>
        session?.AuditPath is { } path ? new AuditTrail(path) : AuditTrail.FromEnvironment();

    private static void Append(ChangeScope scope, AuditEvent[] events)
    {
        foreach (IGrouping<PgCloudSession?, AuditEvent> through in events.GroupBy(e => e.Session))
        {
            try
            {
                TrailOf(through.Key)?.Append([.. through]);
            }
            catch (PgCloudException unwritten)
            {
                scope.AddUnwritten(unwritten);
            }
        }
    }
}
