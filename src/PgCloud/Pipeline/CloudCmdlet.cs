// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using PgCloud.Audit;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>The base of every cmdlet that speaks to a provider.</summary>
public abstract class CloudCmdlet : AsyncCmdlet
{
    // What the last look at an instance may take, when the time for waiting is over.
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(2);

    private SessionTable? _sessions;

    /// <summary>The session to use: an object from Connect-PgCloud or its name. Without it an instance's own session is used, then the
    /// runspace's default.</summary>
    [Parameter]
    [SessionTransformation]
    [ArgumentCompleter(typeof(Completion.SessionNameCompleter))]
    public PgCloudSession? Session { get; set; }

    /// <summary>The session for work that is about no instance yet.</summary>
    private protected PgCloudSession SessionOrDefault => Session ?? Default;

    private PgCloudSession Default
    {
        get
        {
            try
            {
                return _sessions!.Default;
            }
            catch (PgCloudException exception)
            {
                throw new TerminatingException(exception);
            }
        }
    }

    /// <summary>The session for work on an instance.</summary>
    private protected PgCloudSession SessionFor(PgInstance instance) => Session ?? instance.Session ?? Default;

    /// <summary>Reads the instance the user means, afresh.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Instance.NotFound</c>.</exception>
    private protected async Task<PgInstance> ResolveAsync(InstanceArgument argument, CancellationToken cancellation)
    {
        PgCloudSession session = argument.Instance is { } given ? SessionFor(given) : SessionOrDefault;
        PgInstance instance = await session.Cloud.FindInstanceAsync(argument.NameOrId, Reporter, cancellation)
            ?? throw PgErrors.InstanceNotFound(argument.ToString());
        instance.Session = session;
        return instance;
    }

    /// <summary>Notes on an instance that leaves the cmdlet through which session it was read and what was done.</summary>
    private protected static PgInstance Stamp(PgInstance instance, PgCloudSession session, PgChange change)
    {
        instance.Session = session;
        instance.Change = change;
        return instance;
    }

    /// <summary>Asks once more where every address would be let in; only a person or an answer given beforehand may say yes.</summary>
    private protected async Task<bool> MayLetInAsync(string instance, IEnumerable<AuthorisedIpRequest> ranges, bool isForced) =>
        isForced
        || IsConfirmedBeforehand
        || !ranges.Any(r => PgCidr.Parse(r.Address).IsEverything)
        || await ShouldContinueAsync(
            $"This lets in connections to '{instance}' from every address in the world. Are you sure?", "Open to everybody");

    /// <summary>Looks at an instance again and again, with the provider's pauses, until it is in a state.</summary>
    /// <param name="instance">The instance as it was seen last.</param>
    /// <param name="session">The session to read it through.</param>
    /// <param name="status">The state; <see langword="null"/> to wait until the instance is gone.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="cancellation">Ends the waiting only.</param>
    private protected async Task<PgInstance> WaitForAsync(
        PgInstance instance, PgCloudSession session, PgInstanceStatus? status, TimeSpan timeout, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        TimeSpan pause = session.Cloud.Pace.First;
        while (instance.Status != status)
        {
            TimeSpan waited = Stopwatch.GetElapsedTime(begun);
            if (status is not null && instance.Status == PgInstanceStatus.Failed)
            {
                throw PgErrors.InstanceNotReady(instance);
            }

            if (waited >= timeout)
            {
                throw PgErrors.InstanceWaitTimeout(instance, waited);
            }

            Reporter.Progress(
                $"Wait until {instance.Name} is {status?.ToString() ?? "gone"}",
                string.Create(CultureInfo.InvariantCulture, $"{instance.Name} is {instance.Status} after {waited.TotalSeconds:0} s"),
                (int)(100 * waited / timeout));
            // Who only waits gives up its place meanwhile; how many instances are changed at once is for the user to say.
            TimeSpan rest = pause < timeout - waited ? pause : timeout - waited;
            await (MayChange ? Task.Delay(rest, cancellation) : Reporter.RestAsync(rest, cancellation));
            pause = session.Cloud.Pace.After(pause);
            TimeSpan left = timeout - Stopwatch.GetElapsedTime(begun);
            (bool isAnswered, PgInstance? seen) = await LookAsync(instance, session, left > LastLook ? left : LastLook, cancellation);
            if (!isAnswered)
            {
                continue;
            }

            if (seen is null)
            {
                return status is null ? instance : throw PgErrors.InstanceNotFound(instance.Name);
            }

            instance = seen;
        }

        return instance;
    }

    // The cloud goes on with the instance while its API is silent: that is no end of the waiting, which has an end of its own.
    private async Task<(bool IsAnswered, PgInstance? Seen)> LookAsync(
        PgInstance instance, PgCloudSession session, TimeSpan limit, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(limit.TotalMilliseconds < int.MaxValue ? limit : Timeout.InfiniteTimeSpan);
        try
        {
            return (true, await session.Cloud.FindInstanceAsync(instance.Id, Reporter, end.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (false, null);
        }
        catch (PgCloudException exception) when (
            exception is { ApiCall: not null, Kind: PgErrorKind.Unavailable or PgErrorKind.Connection or PgErrorKind.Timeout })
        {
            Reporter.Step($"Wait for {instance.Name} all the same: {exception.Message}", TimeSpan.Zero);
            return (false, null);
        }
    }

    /// <inheritdoc/>
    private protected override PgCloudSession? AuditedSession(AuditTarget? target) =>
        Session ?? target?.Instance?.Session ?? _sessions?.All.FirstOrDefault(s => s.IsDefault);

    /// <inheritdoc/>
    private protected override void OnPipelineThreadBegin() => _sessions = SessionTable.Current;
}
