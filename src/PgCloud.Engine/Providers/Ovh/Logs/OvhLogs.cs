// SPDX-License-Identifier: MIT

using System.Runtime.CompilerServices;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Instances;

namespace PgCloud.Engine.Providers.Ovh.Logs;

/// <summary>Reads the log by the API, which gives its last 1000 entries and knows no filter.</summary>
internal sealed class OvhLogs(OvhProject project, OvhPatience patience) : ILogs
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgLogEntry>> GetAsync(
        PgInstance instance, LogFilter filter, IReporter reporter, CancellationToken cancellation) =>
        WholeSeconds(filter).Select(Describe(instance, await ReadAsync(instance, reporter, cancellation)));

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<PgLogEntry>> FollowAsync(
        PgInstance instance, LogFilter filter, IReporter reporter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        filter = WholeSeconds(filter);
        var unseen = new UnseenRecords();
        yield return filter.Select(Describe(instance, unseen.Of(await ReadAsync(instance, reporter, cancellation), out _)));
        for (TimeSpan pause = project.Pace.First; ; )
        {
            await Task.Delay(pause, cancellation);
            IReadOnlyList<OvhLogRecord> records = unseen.Of(await ReadAsync(instance, reporter, cancellation), out bool isGap);
            if (isGap)
            {
                reporter.Warning(
                    $"'{instance.Name}' wrote more between two looks at its log than is kept of it: entries may be missing. New-PgLogSubscription has all sent to a stream.");
            }

            yield return filter.SelectAll(Describe(instance, records));
            pause = records.Count > 0 ? project.Pace.First : project.Pace.After(pause);
        }
    }

    // An entry of a second may have been written at any moment of it.
    private static LogFilter WholeSeconds(LogFilter filter) => filter.Since is { } since
        ? filter with { Since = new DateTimeOffset(since.UtcTicks - (since.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero) }
        : filter;

    private static IEnumerable<PgLogEntry> Describe(PgInstance instance, IEnumerable<OvhLogRecord> records) => records.Select(r => new PgLogEntry
    {
        Timestamp = DateTimeOffset.FromUnixTimeSeconds(r.Timestamp),
        HostName = r.Hostname ?? string.Empty,
        Message = (r.Message ?? string.Empty).TrimEnd(),
        Instance = instance,
    });

    private async Task<IReadOnlyList<OvhLogRecord>> ReadAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        OvhLogRecord[] records = await patience.RunAsync(
            instance,
            () => project.Client.GetAsync<OvhLogRecord[]>(project.PathOf(instance, "/logs"), reporter, cancellation),
            reporter,
            cancellation);

        // Which end is the newer one is not documented; those of one second stay in the order in which they were written.
        IEnumerable<OvhLogRecord> oldestFirst = records.Length > 1 && records[0].Timestamp > records[^1].Timestamp 
            ? Enumerable.Reverse(records)
            : records;
        return [.. oldestFirst.OrderBy(r => r.Timestamp)];
    }
}
