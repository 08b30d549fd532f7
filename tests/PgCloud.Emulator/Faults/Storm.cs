// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Faults;

/// <summary>Has a share of the calls of one cloud meet some fault or other, and counts. Not for use by several threads at once.</summary>
internal sealed class Storm
{
    // What the network, a proxy, a gateway and the API itself can do to any call.
    private static readonly string[] Weather =
    [
        "429", "500", "500-done", "502", "502-html", "503", "503-html", "cut-before", "cut-body", "broken-json", "empty", "200-html", "token", "delay=30",
    ];

    private Random _random = new(0);
    private double _share;
    private int _calls;
    private int _met;

    /// <summary>From now on: the same faults for the same seed and the same calls.</summary>
    internal void Begin(double share, int seed) => (_share, _random, _calls, _met) = (share, new Random(seed), 0, 0);

    /// <summary>Ends it; what it counted stays.</summary>
    internal void End() => _share = 0;

    /// <summary>What befalls the next call.</summary>
    internal IReadOnlyList<Fault> Next()
    {
        if (_share == 0)
        {
            return [];
        }

        _calls++;
        if (_random.NextDouble() >= _share)
        {
            return [];
        }

        _met++;
        return Fault.Parse(Weather[_random.Next(Weather.Length)]);
    }

    internal object View() => new { share = _share, calls = _calls, met = _met };
}
