// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;

namespace PgCloud.Emulator.Ovh.Extras;

/// <summary>A maintenance: due, and applied when it is asked for.</summary>
internal sealed class Maintenance : IShelved
{
    public Guid Id { get; } = Guid.NewGuid();

    public bool IsShown => true;

    public bool IsGone => false;

    internal required string Description { get; init; }

    internal string Status { get; set; } = "PENDING";

    internal DateTimeOffset? ScheduledAt { get; init; }

    internal DateTimeOffset? AppliedAt { get; set; }

    internal object View() => new { appliedAt = AppliedAt, description = Description, id = Id, scheduledAt = ScheduledAt, status = Status };
}
