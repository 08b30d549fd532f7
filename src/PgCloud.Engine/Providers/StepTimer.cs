// SPDX-License-Identifier: MIT

using System.Diagnostics;
using PgCloud.Contracts;

namespace PgCloud.Engine.Providers;

/// <summary>Reports a step when it ends, with what it took.</summary>
internal sealed class StepTimer(IReporter reporter, string what) : IDisposable
{
    private readonly long _begun = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public void Dispose() => reporter.Step(what, Stopwatch.GetElapsedTime(_begun));
}
