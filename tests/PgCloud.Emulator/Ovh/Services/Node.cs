// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>A machine of a service.</summary>
internal sealed class Node
{
    internal Guid Id { get; } = Guid.NewGuid();

    internal DateTimeOffset CreatedAt { get; } = DateTimeOffset.UtcNow;

    internal required string Name { get; init; }
}
