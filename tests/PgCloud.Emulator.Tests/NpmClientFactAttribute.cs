// SPDX-License-Identifier: MIT

using Xunit;

namespace PgCloud.Emulator.Tests;

/// <summary>A test with OVHcloud's client for Node.js; skipped where that is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmClientFactAttribute : FactAttribute
{
    public NpmClientFactAttribute() => Skip = IsHere ? null : "OVHcloud's client for Node.js is not installed: run tests/npm-client/install.sh.";

    /// <summary>tests/npm-client of the clone these tests were built in.</summary>
    internal static string? Directory { get; } = Find();

    private static bool IsHere => Directory is not null
        && File.Exists(Path.Combine(Directory, "node_modules", "ovh", "package.json"))
        && (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(d => File.Exists(Path.Combine(d, "node")));

    private static string? Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            string candidate = Path.Combine(directory.FullName, "tests", "npm-client");
            if (File.Exists(Path.Combine(candidate, "walk.js")))
            {
                return candidate;
            }
        }

        return null;
    }
}
