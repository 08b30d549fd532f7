// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Api;

namespace PgCloud.Emulator.Ovh.Databases;

/// <summary>A database. It has no status: it appears a while after it was made, and disappears a while after it was dropped.</summary>
internal sealed class Database : IShelved
{
    public Guid Id { get; } = Guid.NewGuid();

    public bool IsShown => Phase.ThenGone != Phase.IsOver;

    public bool IsGone => Phase.IsGone;

    internal required string Name { get; init; }

    internal bool IsDefault { get; init; }

    internal required Phase Phase { get; set; }

    /// <summary>When pools know it: later than it is shown.</summary>
    internal DateTimeOffset PooledFrom { get; init; }

    internal bool IsKnownToPools => IsShown && EmulatorClock.Now >= PooledFrom;

    internal object View() => new { @default = IsDefault, id = Id, name = Name };
}
