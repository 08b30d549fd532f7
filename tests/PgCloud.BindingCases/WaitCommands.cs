// SPDX-License-Identifier: MIT
using System.Management.Automation;

namespace PgCloud.BindingCases;

/// <summary>Waits until it is stopped.</summary>
[Cmdlet(VerbsLifecycle.Wait, "Stop")]
public sealed class WaitStopCommand : PSCmdlet, IDisposable
{
    private readonly ManualResetEventSlim _stopped = new();
    private System.Collections.Concurrent.ConcurrentQueue<string>? _log;

    /// <inheritdoc/>
    public void Dispose()
    {
        CaseLog.Add("wait:dispose");
        _stopped.Dispose();
    }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _log = CaseLog.Current;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _log!.Enqueue("wait:begin");
        _stopped.Wait(TimeSpan.FromSeconds(30));
        try
        {
            WriteObject(Stopping);
        }
        catch (PipelineStoppedException e)
        {
            _log.Enqueue($"wait:{e.GetType().Name}");
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        // Another thread, which has no runspace of its own.
        _log!.Enqueue("wait:stop");
        _stopped.Set();
    }
}

/// <summary>Is not in the manifest.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Unexported")]
public sealed class TestUnexportedCommand : PSCmdlet;
