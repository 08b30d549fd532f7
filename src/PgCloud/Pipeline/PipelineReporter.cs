// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>Turns what the engine reports into verbose, warning and progress output of one cmdlet.</summary>
internal sealed class PipelineReporter(PSCmdlet cmdlet, PipelineQueue queue) : IReporter
{
    // Progress that flashes by is noise: nothing is shown for what ends within a second.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly long _begun = Stopwatch.GetTimestamp();
    private string? _shownActivity;

    /// <inheritdoc/>
    public void Step(string what, TimeSpan took)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{what}: {took.TotalMilliseconds:0} ms");
        queue.Post(() => cmdlet.WriteVerbose(line));
    }

    /// <inheritdoc/>
    public void Progress(string activity, string status, int percent)
    {
        if (Stopwatch.GetElapsedTime(_begun) >= Patience)
        {
            _shownActivity = activity;
            Post(new ProgressRecord(Id, activity, status) { PercentComplete = percent });
        }
    }

    /// <inheritdoc/>
    public void Warning(string message) => queue.Post(() => cmdlet.WriteWarning(message));

    /// <summary>The work is over: what was shown of its progress goes away.</summary>
    internal void End()
    {
        if (_shownActivity is not null)
        {
            Post(new ProgressRecord(Id, _shownActivity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private static int Id => 0x5067;

    private void Post(ProgressRecord record) => queue.Post(() => cmdlet.WriteProgress(record));
}
