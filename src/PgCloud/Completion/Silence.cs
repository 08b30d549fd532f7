// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Completion;

/// <summary>Says nothing: whoever presses the Tab key wants names and no reports.</summary>
internal sealed class Silence : IReporter
{
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
