// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;

namespace PgCloud.Emulator.Faults;

/// <summary>Faults to come, for calls of a method and path.</summary>
internal sealed class PlannedFault
{
    internal required string Text { get; init; }

    internal required IReadOnlyList<Fault> Faults { get; init; }

    internal string Method { get; init; } = "*";

    internal string Path { get; init; } = "*";

    /// <summary>How many matching calls go well before.</summary>
    internal int Skip { get; set; }

    /// <summary>How many calls it still meets; <see langword="null"/> for all of them.</summary>
    internal int? Count { get; set; }
}

/// <summary>The faults that were asked for beforehand.</summary>
internal sealed class FaultPlan
{
    private readonly List<PlannedFault> _planned = [];

    /// <summary>What every call takes at least.</summary>
    internal TimeSpan Latency { get; set; }

    internal void Add(PlannedFault fault)
    {
        lock (_planned)
        {
            _planned.Add(fault);
        }
    }

    internal void Clear()
    {
        lock (_planned)
        {
            _planned.Clear();
        }
    }

    internal object View()
    {
        lock (_planned)
        {
            return _planned.Select(p => new { fault = p.Text, p.Method, p.Path, p.Skip, p.Count }).ToList();
        }
    }

    /// <summary>What befalls this call; it is used up by it.</summary>
    internal IReadOnlyList<Fault> Take(string method, string path)
    {
        lock (_planned)
        {
            var met = new List<Fault>();
            foreach (PlannedFault planned in _planned.Where(p => Wildcard.IsMatch(p.Method, method) && Wildcard.IsMatch(p.Path, path)).ToList())
            {
                if (planned.Skip > 0)
                {
                    planned.Skip--;
                    continue;
                }

                met.AddRange(planned.Faults);
                if (--planned.Count == 0)
                {
                    _planned.Remove(planned);
                }
            }

            return met;
        }
    }
}
