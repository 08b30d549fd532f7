// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Providers;

/// <summary>Chooses among the entries of a log.</summary>
internal static class LogSelection
{
    /// <summary>Those that the filter leaves.</summary>
    internal static IReadOnlyList<PgLogEntry> Select(this LogFilter filter, IEnumerable<PgLogEntry> entries) =>
        filter.Most is { } most ? [.. filter.Within(entries).TakeLast(most)] : [.. filter.Within(entries)];

    /// <summary>The same, however many they are.</summary>
    internal static IReadOnlyList<PgLogEntry> SelectAll(this LogFilter filter, IEnumerable<PgLogEntry> entries) => [.. filter.Within(entries)];

    private static IEnumerable<PgLogEntry> Within(this LogFilter filter, IEnumerable<PgLogEntry> entries) =>
        entries.Where(e => filter.Includes(e.Timestamp, e.Message));
}
