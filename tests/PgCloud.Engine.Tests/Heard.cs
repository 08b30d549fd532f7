// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using PgCloud.Contracts;

namespace PgCloud.Engine.Tests;

/// <summary>Keeps what is reported.</summary>
internal sealed class Heard : IReporter
{
    private readonly ConcurrentQueue<string> _steps = [];

    internal IReadOnlyList<string> Steps => [.. _steps];

    public void Step(string what, TimeSpan took) => _steps.Enqueue(what);

    public void Progress(string activity, string status, int percent) => _steps.Enqueue(status);

    public void Warning(string message) => _steps.Enqueue(message);
}
