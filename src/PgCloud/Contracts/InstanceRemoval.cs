// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>How an instance is removed, where a provider leaves a choice.</summary>
/// <param name="IsRecursive">Whether the users that depend on it go with it.</param>
/// <param name="IsPermanent">Whether it cannot be had back, where a removed instance could otherwise.</param>
public sealed record InstanceRemoval(bool IsRecursive, bool IsPermanent);
