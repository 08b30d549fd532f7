// SPDX-License-Identifier: MIT

using Xunit;

namespace PgCloud.Commands.Tests;

/// <summary>One instance with an authorised loopback and a manager user in $ops, shared by the tests that do not change it.</summary>
public sealed class RunningInstance : IDisposable
{
    public RunningInstance() => Module.Run("""
        $instance = New-PgInstance shared
        Add-PgAuthorisedIp $instance 127.0.0.1
        $ops = New-PgManagerUser $instance ops
        """);

    public Module Module { get; } = new();

    public void Dispose() => Module.Dispose();
}

/// <summary>The tests that share <see cref="RunningInstance"/> run one after another.</summary>
[CollectionDefinition(Name)]
#pragma warning disable CA1711 // xunit's own word
public sealed class RunningInstanceCollection : ICollectionFixture<RunningInstance>
#pragma warning restore CA1711
{
    public const string Name = "running instance";
}
