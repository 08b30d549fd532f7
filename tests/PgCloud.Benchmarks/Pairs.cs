// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Globalization;

namespace PgCloud.Benchmarks;

/// <summary>Measures several ways in turn and prints their medians beside each other.</summary>
internal static class Pairs
{
    /// <summary>Runs each way once to warm up, then in turn, and gives each way's times in milliseconds.</summary>
    internal static async Task<double[][]> MeasureAsync(int rounds, params Func<Task<double>>[] ways)
    {
        foreach (Func<Task<double>> way in ways)
        {
            await way();
        }

        double[][] times = [.. ways.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int way = 0; way < ways.Length; way++)
            {
                times[way][round] = await ways[way]();
            }
        }

        return times;
    }

    /// <summary>The median.</summary>
    internal static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The median over the rounds of what <paramref name="compare"/> makes of each pair.</summary>
    internal static double MedianOf(double[] a, double[] b, Func<double, double, double> compare) => Median([.. a.Zip(b, compare)]);

    /// <summary>Prints a figure beside what was promised.</summary>
    internal static void Print(string what, double value, string unit, double limit) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-64} {value,8:0.00} {unit,-3} at most {limit:0.##}   {(value <= limit ? "met" : "MISSED")}"));

    /// <summary>Prints a figure nothing was promised about.</summary>
    internal static void Print(string what, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-64} {value,8:0.00} {unit}"));

    /// <summary>
    ///   Prints milliseconds beyond a bare shell beside what was promised, as measured and as they would be where a bare shell starts in
    ///   150 ms: the promise was made on such a machine, and a slow moment slows both.
    /// </summary>
    internal static void PrintBeyondShell(string what, double[] with, double[] bare, double limit)
    {
        Print(what, MedianOf(with, bare, (a, b) => a - b), "ms", limit);
        Print("  scaled to a bare shell of 150 ms", MedianOf(with, bare, (a, b) => (a - b) / b * 150), "ms", limit);
    }

    /// <summary>How long some work takes, in milliseconds.</summary>
    internal static async Task<double> TimeAsync(Func<Task> work)
    {
        long begun = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}
