// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Management.Automation;
using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>Turns what the engine reports into verbose, warning and progress output of one cmdlet.</summary>
internal sealed class PipelineReporter : IReporter, IDisposable
{
    private const int ActivityId = 0x5067;

    // Progress that flashes by is noise: nothing is shown for what ends within a second.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly PSCmdlet _cmdlet;
    private readonly PipelineQueue _queue;
    private readonly object _gate = new();
    private Timer? _patience;
    private ProgressRecord? _latest;
    private bool _isShown;

    internal PipelineReporter(PSCmdlet cmdlet, PipelineQueue queue)
    {
        _cmdlet = cmdlet;
        _queue = queue;
    }

    /// <inheritdoc/>
    public void Step(string what, TimeSpan took)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{what}: {took.TotalMilliseconds:0} ms");
        _queue.Post(() => _cmdlet.WriteVerbose(line));
    }

    /// <inheritdoc/>
    public void Progress(string activity, string status, int percent)
    {
        lock (_gate)
        {
            _latest = new ProgressRecord(ActivityId, activity, status) { PercentComplete = percent };
            _patience ??= new Timer(_ => Show(), null, Patience, Timeout.InfiniteTimeSpan);
            if (_isShown)
            {
                Post(_latest);
            }
        }
    }

    /// <inheritdoc/>
    public void Warning(string message) => _queue.Post(() => _cmdlet.WriteWarning(message));

    /// <summary>The work is over: what was shown of its progress goes away.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _patience?.Dispose();
            if (_isShown && _latest is not null)
            {
                Post(new ProgressRecord(ActivityId, _latest.Activity, "Done") { RecordType = ProgressRecordType.Completed });
            }

            _latest = null;
        }
    }

    private void Show()
    {
        lock (_gate)
        {
            if (_latest is not null)
            {
                _isShown = true;
                Post(_latest);
            }
        }
    }

    private void Post(ProgressRecord record) => _queue.Post(() => _cmdlet.WriteProgress(record));
}
