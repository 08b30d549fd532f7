// SPDX-License-Identifier: MIT

using System.Diagnostics;
using Xunit;

namespace PgCloud.Emulator.Tests;

/// <summary>A test with a cloud's own client for Node.js; skipped where that is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmClientFactAttribute : FactAttribute
{
    /// <param name="package">The client's package.</param>
    public NpmClientFactAttribute(string package)
    {
        Package = package;
        Skip = IsHere ? null : $"The package {package} for Node.js is not installed: run tests/npm-client/install.sh.";
    }

    /// <summary>The client's package.</summary>
    public string Package { get; }

    /// <summary>Runs one of the scripts there, which must not complain.</summary>
    internal static async Task RunAsync(string script, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(TestTree.Find("npm-client")!, script)]) { RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process node = Process.Start(start)!;
        string problem = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, problem);
    }

    private bool IsHere => TestTree.Find("npm-client") is { } directory
        && File.Exists(Path.Combine(directory, "node_modules", Package, "package.json"))
        && (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(d => File.Exists(Path.Combine(d, "node")));
}
