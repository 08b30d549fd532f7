// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Audit;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>Several records of the pipeline at once: how they begin, and what is said of those that a stop ends.</summary>
public abstract partial class AsyncCmdlet
{
    // Shorter than the second in which a stopped pipeline has to end.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(700);

    // Parameters are bound anew for each record, while the work on the one before goes on: each works on a copy of the cmdlet, as it was bound.
    private void BeginRecord(int limit)
    {
        PipelineReporter reporter = _reporter ??= NewReporter();
        if (_records is null)
        {
            _records = new ParallelRecords(limit, StopRecords);
            _queue = _records.Queue;
            reporter.Begin(_records);
        }

        _turn = KeepsOrder ? new RecordTurn(_turn) : null;
        var record = (AsyncCmdlet)MemberwiseClone();
        EndingWith(() => _records.Begin(RecordKeys, () => record.ProcessRecordAsync(this)));
    }

    // What is told that it is cancelled may take its time to hear it; who does not in time is left behind.
    private void StopRecords()
    {
        IsLeavingWork = true;
        _ = _stop.CancelAsync();
        PipelineQueue queue = _records!.Queue;
        _ = Task.Delay(Grace).ContinueWith(_ => queue.Complete(), TaskScheduler.Default);
    }

    private async Task ProcessRecordAsync(AsyncCmdlet cmdlet)
    {
        var scope = new ChangeScope();
        try
        {
            // That one may be slow to hear of its end must not keep the others from it.
            using var own = new CancellationTokenSource();
            await using CancellationTokenRegistration stop = _stop.Token.Register(() => _ = Task.Run(own.Cancel));
            own.Token.ThrowIfCancellationRequested();
            await AuditedAsync(scope, () => ProcessOneAsync(own.Token));
        }
        catch (PgCloudException exception)
        {
            await WriteErrorAsync(exception);
            await TellUnwrittenAsync(scope);
        }
        catch (TerminatingException exception)
        {
            cmdlet._ending ??= exception.Cause;
            cmdlet.StopRecords();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The pipeline thread says so.
        }
        catch (Exception exception) when (exception is not RuntimeException)
        {
            await WriteErrorAsync(PgErrors.Unexpected(exception, null));
        }
        finally
        {
            _reporter!.TellHeld();
            _turn?.End();
        }
    }

    private void EndRecords()
    {
        try
        {
            EndingWith(_records!.End);
        }
        finally
        {
            _reporter!.End();
            _records!.Dispose();
            _records = null;
        }
    }

    // Work that was ended is told of, whatever ended it.
    private void EndingWith(Action work)
    {
        try
        {
            work();
            if (_stop.IsCancellationRequested)
            {
                _records!.End();
            }
        }
        catch
        {
            TellWhatWasUnderWay();
            throw;
        }

        if (_stop.IsCancellationRequested)
        {
            TellWhatWasUnderWay();
            if (_ending is { } cause)
            {
                ThrowTerminatingError(cause.ToErrorRecord());
            }

            throw new PipelineStoppedException();
        }
    }

    // A pipeline that is stopping takes no more output; the host does.
    private void TellWhatWasUnderWay()
    {
        bool mayChange = MayChange && !_approval!.IsWhatIf;
        bool isToBeTold = _isStopped || (mayChange && CmdletAttribute.SupportsShouldProcess);
        if (!_isSilent && isToBeTold && _underWay.Names is { } names)
        {
            string cmdlet = $"{CmdletAttribute.VerbName}-{CmdletAttribute.NounName}";
            Host.UI?.WriteWarningLine(mayChange
                ? $"{cmdlet} was stopped while it was at work on {names}. Whether it was done there is not known: look before you do it again."
                : $"{cmdlet} was stopped while it was at work on {names}.");
        }
    }
}
