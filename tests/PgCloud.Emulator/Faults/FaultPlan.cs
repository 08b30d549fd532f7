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
    private readonly Storm _ovh = new();
    private readonly Storm _ibm = new();

    /// <summary>What every call takes at least.</summary>
    internal TimeSpan Latency { get; set; }

    internal void Add(PlannedFault fault)
    {
        lock (_planned)
        {
            _planned.Add(fault);
        }
    }

    /// <summary>From now on this share of all calls of one cloud, or of both, meets some fault or other.</summary>
    internal void BeginStorm(double share, int seed, string? cloud)
    {
        lock (_planned)
        {
            foreach (Storm storm in StormsOf(cloud))
            {
                storm.Begin(share, seed);
            }
        }
    }

    /// <summary>Ends it; what it counted stays.</summary>
    internal void EndStorm(string? cloud)
    {
        lock (_planned)
        {
            foreach (Storm storm in StormsOf(cloud))
            {
                storm.End();
            }
        }
    }

    /// <summary>How many calls the clouds have had meanwhile, and how many have met such a fault.</summary>
    internal object StormView()
    {
        lock (_planned)
        {
            return new { ovh = _ovh.View(), ibm = _ibm.View() };
        }
    }

    internal void Clear()
    {
        lock (_planned)
        {
            _ovh.End();
            _ibm.End();
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

            met.AddRange((Clouds.IsIbm(path) ? _ibm : _ovh).Next());
            return met;
        }
    }

    private Storm[] StormsOf(string? cloud) => cloud switch
    {
        null => [_ovh, _ibm],
        "ovh" => [_ovh],
        "ibm" => [_ibm],
        _ => throw new FormatException($"'{cloud}' is not a cloud. Clouds: ovh, ibm"),
    };

    private static bool IsMethod(string pattern, string method) =>
        pattern.StartsWith('!') ? !Wildcard.IsMatch(pattern[1..], method) : Wildcard.IsMatch(pattern, method);
}
