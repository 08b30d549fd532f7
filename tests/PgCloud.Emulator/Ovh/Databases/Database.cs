// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;

namespace PgCloud.Emulator.Ovh.Databases;

/// <summary>A database. It has no status: it appears a while after it was made, and disappears a while after it was dropped.</summary>
internal sealed class Database : IShelved
{
    // Counted, and not by the clock: a call that comes late under load would not meet the quirk.
    private int _askedFor;

    public Guid Id { get; } = Guid.NewGuid();

    public bool IsShown => Phase.ThenGone != Phase.IsOver;

    public bool IsGone => Phase.IsGone;

    internal required string Name { get; init; }

    internal bool IsDefault { get; init; }

    internal required Phase Phase { get; set; }

    /// <summary>How many calls for a pool do not know it yet, though it is shown: the quirk that Terraform's provider retries.</summary>
    internal int UnknownToPools { get; init; }

    /// <summary>Whether a call for a pool knows it; asked once a call.</summary>
    internal bool IsKnownToPool() => IsShown && Interlocked.Increment(ref _askedFor) > UnknownToPools;

    internal object View() => new { @default = IsDefault, id = Id, name = Name };
}
