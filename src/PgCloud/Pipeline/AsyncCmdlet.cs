// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Audit;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>
///   The base of every cmdlet that waits for something: the work runs on the thread pool, everything is written from the pipeline thread,
///   and one cancellation token ends it when the pipeline is stopped (Ctrl+C, <c>Select-Object -First</c>, <c>-ErrorAction Stop</c>).
/// </summary>
public abstract partial class AsyncCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private PipelineQueue? _queue;
    private PipelineReporter? _reporter;
    private PipelineApproval? _approval;

    // What the work at hand is about; several may be worked on at once.
    private readonly AsyncLocal<object?> _subject = new();

    /// <summary>Where the engine says what it does.</summary>
    private protected IReporter Reporter => _reporter!;

    /// <summary>Asks the user about the statements that a change is about to run.</summary>
    private protected IChangeApproval Approval => _approval!;

    /// <summary>Runs on the pipeline thread before everything else: the place to read what belongs to the runspace.</summary>
    private protected virtual void OnPipelineThreadBegin()
    {
    }

    /// <summary>Runs before the first record.</summary>
    private protected virtual Task BeginAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Runs for each record. A <see cref="PgCloudException"/> becomes an error record, and the next record goes on.</summary>
    private protected virtual Task ProcessAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>
    ///   Takes a record on the pipeline thread, without waiting for anything: what a cmdlet that takes very many records does with most.
    /// </summary>
    /// <returns>Whether that was all; otherwise <see cref="ProcessAsync"/> runs for the record.</returns>
    private protected virtual bool TryTake() => false;

    /// <summary>Runs after the last record.</summary>
    private protected virtual Task EndAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        _approval = new PipelineApproval(
            this,
            async (description, question, changes) =>
                await _queue!.InvokeAsync(() => ShouldProcess(description, question, "Confirm")) && (!changes || Allow()));
        try
        {
            OnPipelineThreadBegin();
        }
        catch (PgCloudException exception)
        {
            ThrowTerminatingError(exception.ToErrorRecord());
        }

        Run(BeginAsync);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (!TryTake())
        {
            Run(ProcessAsync);
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Run(EndAsync);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>Writes an object; ends when it has been taken.</summary>
    private protected Task WriteAsync(object? value) => OnPipeline(() => WriteObject(value, enumerateCollection: false));

    /// <summary>Writes several objects at one hand-over; ends when all have been taken.</summary>
    private protected Task WriteAllAsync(IEnumerable<object?> values) => OnPipeline(() => WriteObject(values, enumerateCollection: true));

    /// <summary>Writes an error and lets the work go on.</summary>
    private protected Task WriteErrorAsync(PgCloudException exception)
    {
        ErrorRecord record = exception.ToErrorRecord(_subject.Value);
        return OnPipeline(() => WriteError(record));
    }

    /// <summary>Writes an error for each name without wildcards that was asked for and not found.</summary>
    private protected async Task WriteMissingAsync(NameFilter names, IEnumerable<string> found, Func<string, PgCloudException> error)
    {
        foreach (string missing in names.Missing(found))
        {
            await WriteErrorAsync(error(missing));
        }
    }

    /// <summary>Tells a person something he must act on while the cmdlet runs: shown by the host, and kept out of the output.</summary>
    private protected Task TellAsync(string message) =>
        OnPipeline(() => WriteInformation(new HostInformationMessage { Message = message }, ["PSHOST"]));

    /// <summary>Does the work on one of several values of a parameter: a failure is written, and the next value goes on.</summary>
    private protected Task ForEachAsync(Func<Task> work) => ForEachAsync(_subject.Value, work);

    /// <summary>The same, where a failure of a call is one of something that the user gave.</summary>
    private protected async Task ForEachAsync(object? subject, Func<Task> work)
    {
        _subject.Value = subject;
        var scope = new ChangeScope();
        try
        {
            await AuditedAsync(scope, work);
        }
        catch (PgCloudException exception)
        {
            await WriteErrorAsync(exception);
            await TellUnwrittenAsync(scope);
        }
    }

    /// <summary>Asks whether to go on, with <c>-WhatIf</c> and <c>-Confirm</c>.</summary>
    private protected async Task<bool> ShouldProcessAsync(string target, string action) =>
        await _queue!.InvokeAsync(() => ShouldProcess(target, action)) && Allow();

    /// <summary>Does on the pipeline thread what belongs to the runspace. It must not throw, which would end the pipeline.</summary>
    private protected Task<T> OnPipelineThreadAsync<T>(Func<T> call) => _queue!.InvokeAsync(call);

    /// <summary>Asks a question that only a person may answer.</summary>
    private protected Task<bool> ShouldContinueAsync(string query, string caption) => _queue!.InvokeAsync(() => ShouldContinue(query, caption));

    /// <summary>
    ///   Whether the user answered beforehand, with <c>-Confirm:$false</c>, every question the cmdlet may ask.
    /// </summary>
    private protected bool IsConfirmedBeforehand =>
        MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm) && confirm is SwitchParameter { IsPresent: false };

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    /// <summary>Does on the pipeline thread what may be done nowhere else.</summary>
    private protected Task<T> OnPipelineAsync<T>(Func<T> call) => _queue!.InvokeAsync(call);

    private Task OnPipeline(Action call) => _queue!.InvokeAsync(() =>
    {
        call();
        return true;
    });

    private void Run(Func<CancellationToken, Task> work)
    {
        using var queue = new PipelineQueue(_stop.Cancel);
        PipelineReporter reporter = _reporter ??= new PipelineReporter(this);
        _queue = queue;
        reporter.Begin(queue);
        Task task = Task.Run(async () =>
        {
            try
            {
                await AuditedAsync(_whole, () => work(_stop.Token));
            }
            finally
            {
                reporter.End();
                queue.Complete();
            }
        });

        queue.Drain();
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (PgCloudException exception)
        {
            WriteError(exception.ToErrorRecord());
            _whole.TakeUnwritten().ToList().ForEach(unwritten => WriteError(unwritten.ToErrorRecord()));
        }
        catch (TerminatingException exception)
        {
            ThrowTerminatingError(exception.Cause.ToErrorRecord());
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (exception is not (RuntimeException or TerminatingException))
        {
            // A defect must still come out as an error record with an id, and must not end the caller's whole pipeline.
            WriteError(PgErrors.Unexpected(exception, null).ToErrorRecord());
        }
    }

    /// <summary>Misuse of the cmdlet as a whole, after which no record can succeed.</summary>
    private protected sealed class TerminatingException(PgCloudException cause) : Exception(cause.Message, cause)
    {
        internal PgCloudException Cause { get; } = cause;
    }
}
