// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ovh.Logs;

/// <summary>
///   Tells which entries of a log are new since it was read last. The API gives the newest ones without ids, and their times in whole seconds,
///   so that two that are alike may be two: they are counted. It does not matter in which order they come, nor that one comes late.
/// </summary>
internal sealed class UnseenRecords
{
    private Dictionary<OvhLogRecord, int> _seen = [];

    /// <summary>The new ones among those that were read now.</summary>
    /// <param name="window">What was read.</param>
    /// <param name="isGap">Whether nothing of it was known: what was written between two readings may be more than is kept.</param>
    internal IReadOnlyList<OvhLogRecord> Of(IReadOnlyList<OvhLogRecord> window, out bool isGap)
    {
        var counts = new Dictionary<OvhLogRecord, int>();
        var unseen = new List<OvhLogRecord>();
        foreach (OvhLogRecord record in window)
        {
            int count = counts[record] = counts.GetValueOrDefault(record) + 1;
            if (count > _seen.GetValueOrDefault(record))
            {
                unseen.Add(record);
            }
        }

        isGap = _seen.Count > 0 && window.Count > 0 && unseen.Count == window.Count;

        // What has left the window is too old to come again; what an answer leaves out for once is not.
        long oldest = window.Count == 0 ? long.MinValue : window.Min(r => r.Timestamp);
        foreach ((OvhLogRecord record, int count) in _seen.Where(s => s.Key.Timestamp >= oldest))
        {
            counts[record] = Math.Max(count, counts.GetValueOrDefault(record));
        }

        _seen = counts;
        return unseen;
    }
}
