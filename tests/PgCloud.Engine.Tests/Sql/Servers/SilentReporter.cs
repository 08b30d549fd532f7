// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Tests.Sql.Servers;

/// <summary>Takes reports and keeps them for the curious.</summary>
internal sealed class SilentReporter : IReporter
{
    internal static SilentReporter Instance { get; } = new();

    internal List<string> Lines { get; } = [];

    public void Step(string what, TimeSpan took) => Add(what);

    public void Progress(string activity, string status, int percent) => Add($"{activity} {status}");

    public void Warning(string message) => Add(message);

    private void Add(string line)
    {
        lock (Lines)
        {
            Lines.Add(line);
        }
    }
}
