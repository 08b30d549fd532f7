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
    // What the network, a proxy, a gateway and the API itself can do to any call.
    private static readonly string[] Weather =
    [
        "429", "500", "500-done", "502", "502-html", "503", "503-html", "cut-before", "cut-body", "broken-json", "empty", "200-html", "token", "delay=30",
    ];

    private readonly List<PlannedFault> _planned = [];
    private Random _random = new(0);
    private double _share;
    private int _met;

    /// <summary>What every call takes at least.</summary>
    internal TimeSpan Latency { get; set; }

    internal void Add(PlannedFault fault)
    {
        lock (_planned)
        {
            _planned.Add(fault);
        }
    }

    /// <summary>From now on this share of all calls meets some fault or other: the same ones for the same seed and the same calls.</summary>
    internal void Storm(double share, int seed)
    {
        lock (_planned)
        {
            (_share, _random, _met) = (share, new Random(seed), 0);
        }
    }

    /// <summary>How many calls have met such a fault.</summary>
    internal object StormView()
    {
        lock (_planned)
        {
            return new { share = _share, met = _met };
        }
    }

    internal void Clear()
    {
        lock (_planned)
        {
            _share = 0;
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
            foreach (PlannedFault planned in _planned.Where(p => IsMethod(p.Method, method) && Wildcard.IsMatch(p.Path, path)).ToList())
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

            if (_random.NextDouble() < _share)
            {
                _met++;
                met.AddRange(Fault.Parse(Weather[_random.Next(Weather.Length)]));
            }

            return met;
        }
    }

    private static bool IsMethod(string pattern, string method) =>
        pattern.StartsWith('!') ? !Wildcard.IsMatch(pattern[1..], method) : Wildcard.IsMatch(pattern, method);
}
