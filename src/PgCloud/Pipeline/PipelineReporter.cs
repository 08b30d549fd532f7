// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Management.Automation;
using PgCloud.Audit;
using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>
///   Turns what the engine reports into verbose, warning and progress output of one cmdlet. It lives as long as the cmdlet, since sessions
///   that outlive a record keep it; what is reported between two records is dropped.
/// </summary>
internal sealed class PipelineReporter : IReporter
{
    private const int ActivityId = 0x5067;

    // Progress that flashes by is noise: nothing is shown for what ends within a second.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly PSCmdlet _cmdlet;
    private readonly bool _holdsWarnings;
    private readonly List<string> _held = [];
    private readonly object _gate = new();
    private PipelineQueue? _queue;
    private ParallelRecords? _records;
    private Timer? _patience;
    private ProgressRecord? _latest;
    private bool _isShown;

    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="holdsWarnings">
    ///   Whether warnings wait until the result of a record is written: one that ends the pipeline (<c>-WarningAction Stop</c>, a question that nobody
    ///   answers) in the midst of a change would lose what cannot be had again, such as a password.
    /// </param>
    internal PipelineReporter(PSCmdlet cmdlet, bool holdsWarnings)
    {
        _cmdlet = cmdlet;
        _holdsWarnings = holdsWarnings;
    }

    /// <summary>The work on a record begins: reports go to its queue.</summary>
    internal void Begin(PipelineQueue queue)
    {
        lock (_gate)
        {
            _queue = queue;
        }
    }

    /// <summary>The work on several records begins.</summary>
    internal void Begin(ParallelRecords records)
    {
        _records = records;
        Begin(records.Queue);
    }

    /// <summary>The work on a record is over: what was shown of its progress goes away.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _patience?.Dispose();
            _patience = null;
            if (_isShown && _latest is not null)
            {
                Post(new ProgressRecord(ActivityId, _latest.Activity, "Done") { RecordType = ProgressRecordType.Completed });
            }

            _latest = null;
            _isShown = false;
            _queue = null;
            _records = null;
        }
    }

    /// <inheritdoc/>
    public void Step(string what, TimeSpan took)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{what}: {took.TotalMilliseconds:0} ms");
        Post(() => _cmdlet.WriteVerbose(line));
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
    public void Warning(string message)
    {
        lock (_gate)
        {
            if (_holdsWarnings)
            {
                _held.Add(message);
                return;
            }
        }

        Post(() => _cmdlet.WriteWarning(message));
    }

    /// <summary>Says what was held back: the result of a record is written.</summary>
    internal void TellHeld()
    {
        lock (_gate)
        {
            _held.ForEach(message => Post(() => _cmdlet.WriteWarning(message)));
            _held.Clear();
        }
    }

    /// <inheritdoc/>
    public void Notice(string severity, string message) => Post(severity switch
    {
        "WARNING" => () => _cmdlet.WriteWarning(message),
        // Only what the statement itself was asked to tell, such as VACUUM VERBOSE.
        "INFO" => () => _cmdlet.WriteInformation(message, ["PostgreSQL"]),
        "NOTICE" => () => _cmdlet.WriteVerbose(message),
        _ => () => _cmdlet.WriteDebug(message),
    });

    /// <inheritdoc/>
    public Task RestAsync(TimeSpan pause, CancellationToken cancellation) =>
        _records?.RestAsync(pause, cancellation) ?? Task.Delay(pause, cancellation);

    /// <inheritdoc/>
    public void Sent(string? requestId) => ChangeScope.Current?.Sent(requestId);

    /// <inheritdoc/>
    public void Changed(object changed) => ChangeScope.Current?.AddAside(changed);

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

    private void Post(ProgressRecord record) => Post(() => _cmdlet.WriteProgress(record));

    private void Post(Action call)
    {
        lock (_gate)
        {
            _queue?.Post(call);
        }
    }
}
