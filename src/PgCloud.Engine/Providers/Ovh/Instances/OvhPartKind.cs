// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>What a part of an instance is.</summary>
/// <param name="Route">Its route below the instance's.</param>
/// <param name="Word">What it is, for people.</param>
internal sealed record OvhPartKind(string Route, string Word)
{
    internal static OvhPartKind Database { get; } = new("database", "database");

    internal static OvhPartKind Pool { get; } = new("connectionPool", "pool");
}
