// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Emulator.Servers;

/// <summary>Nobody wants to hear of the steps.</summary>
internal sealed class QuietReporter : IReporter
{
    internal static QuietReporter Instance { get; } = new();

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
