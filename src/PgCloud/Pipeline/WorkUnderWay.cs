// SPDX-License-Identifier: MIT

namespace PgCloud.Pipeline;

/// <summary>What a cmdlet is at work on, to be told where it is stopped. What was broken off stays in it.</summary>
internal sealed class WorkUnderWay
{
    // So many names are of use; a fleet has more.
    private const int Told = 50;

    private readonly HashSet<Entry> _entries = [];

    /// <summary>The names, the latest last, without those that there are too many of; <see langword="null"/> where nothing was under way.</summary>
    internal string? Names
    {
        get
        {
            string[] names;
            lock (_entries)
            {
                names = [.. _entries.Select(e => e.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            }

            return names.Length == 0 ? null
                : names.Length <= Told ? string.Join(", ", names)
                : $"{string.Join(", ", names.Take(Told))} and {names.Length - Told} more";
        }
    }

    /// <summary>Does work on something; unless it is cancelled, it is no longer under way then.</summary>
    internal async Task RunAsync(string name, Func<Task> work)
    {
        var entry = new Entry(name);
        lock (_entries)
        {
            _entries.Add(entry);
        }

        try
        {
            await work();
            Remove(entry);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Remove(entry);
            throw;
        }
    }

    private void Remove(Entry entry)
    {
        lock (_entries)
        {
            _entries.Remove(entry);
        }
    }

    private sealed class Entry(string name)
    {
        internal string Name => name;
    }
}
