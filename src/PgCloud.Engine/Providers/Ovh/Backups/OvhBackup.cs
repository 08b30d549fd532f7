// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Instances;

namespace PgCloud.Engine.Providers.Ovh.Backups;

/// <summary>The API's <c>Backup</c> (its schema, cloud.project.database.Backup).</summary>
internal sealed record OvhBackup
{
    public string Id { get; init; } = string.Empty;

    public DateTimeOffset? CreatedAt { get; init; }

    public string? Description { get; init; }

    // Deprecated for Regions, which an older schema lacks.
    public string? Region { get; init; }

    public IReadOnlyList<OvhBackupRegion>? Regions { get; init; }

    public OvhSize? Size { get; init; }

    public OvhEnum<OvhStatus> Status { get; init; }

    public string? Type { get; init; }

    internal PgBackup Describe(PgInstance instance) => new()
    {
        Id = Id,
        CreatedAt = CreatedAt?.ToUniversalTime(),
        Type = Type ?? string.Empty,
        Status = Status.Readable,
        SizeBytes = Size?.Bytes,
        Regions = Regions is { Count: > 0 } regions ? [.. regions.Select(r => r.Name)] : Region is { } region ? [region] : [],
        Description = Description ?? string.Empty,
        Instance = instance,
    };
}

internal sealed record OvhBackupRegion(string Name);
