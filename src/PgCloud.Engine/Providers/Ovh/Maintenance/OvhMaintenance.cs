// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Api;

namespace PgCloud.Engine.Providers.Ovh.Maintenance;

/// <summary>The API's <c>service.Maintenance</c>.</summary>
internal sealed record OvhMaintenance
{
    public string Id { get; init; } = string.Empty;

    public string? Description { get; init; }

    public DateTimeOffset? ScheduledAt { get; init; }

    public DateTimeOffset? AppliedAt { get; init; }

    public OvhEnum<OvhMaintenanceStatus> Status { get; init; }

    /// <summary>Whether it was told to begin.</summary>
    internal bool IsBegun => Status.Known is OvhMaintenanceStatus.Applying or OvhMaintenanceStatus.Applied;

    internal PgMaintenance Describe(PgInstance instance, PgChange change = PgChange.None) => new()
    {
        Id = Id,
        Description = Description ?? string.Empty,
        Status = Status.Readable,
        ScheduledAt = ScheduledAt?.ToUniversalTime(),
        AppliedAt = AppliedAt?.ToUniversalTime(),
        Instance = instance,
        Change = change,
    };
}

/// <summary>The API's <c>service.maintenance.StatusEnum</c>.</summary>
internal enum OvhMaintenanceStatus
{
    Applied,
    Applying,
    Error,
    Pending,
    Scheduled,
}
