// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>A backup. It holds no data: a fork has the data that its source has then.</summary>
internal sealed record Backup(DateTimeOffset CreatedAt, IReadOnlyList<string> Regions, string Type) : IShelved
{
    public Guid Id { get; } = Guid.NewGuid();

    public bool IsShown => true;

    public bool IsGone => false;

    internal object View() => new
    {
        createdAt = CreatedAt,
        description = $"{Type} backup of {CreatedAt:yyyy-MM-dd}",
        id = Id,
        region = Regions[0],
        regions = Regions.Select(r => new { name = r }),
        size = new { unit = "B", value = 7_864_320L },
        status = "READY",
        type = Type,
    };
}
