// SPDX-License-Identifier: MIT

using System.Reflection;
using Xunit;

namespace PgCloud.Engine.Tests;

/// <summary>The arrows of the house: Engine → contracts, and nobody but the engine sees the packages.</summary>
public sealed class ArchitectureTests
{
    [Fact]
    public void The_engine_knows_no_PowerShell() =>
        Assert.DoesNotContain("System.Management.Automation", References(typeof(Engine).Assembly));

    [Fact]
    public void The_cmdlets_see_PowerShell_and_the_runtime_only() => Assert.All(
        References(typeof(PgInstance).Assembly),
        name => Assert.True(name == "System.Management.Automation" || name.StartsWith("System.", StringComparison.Ordinal), name));

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!);
}
