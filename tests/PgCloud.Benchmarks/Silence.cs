// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Benchmarks;

/// <summary>A reporter that says nothing.</summary>
internal sealed class Silence : IReporter
{
    internal static readonly Silence Instance = new();

    public void Step(string what, TimeSpan took)
    {
    }

    public void Progress(string activity, string status, int percent)
    {
    }

    public void Warning(string message)
    {
    }
}
