// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ovh.Projects;

/// <summary>A Public Cloud project.</summary>
internal sealed class Project
{
    internal required string Id { get; init; }

    internal required string Description { get; set; }

    internal DateTimeOffset Creation { get; } = DateTimeOffset.UtcNow.AddDays(-90);
}

/// <summary>The customer's projects: two, so that choosing one has a meaning.</summary>
internal sealed class ProjectList
{
    public ProjectList() => All =
    [
        new() { Id = NewId(), Description = "Orders" },
        new() { Id = NewId(), Description = "Laboratory" },
    ];

    internal IReadOnlyList<Project> All { get; }

    internal Project? Find(string id) => All.FirstOrDefault(p => p.Id == id);

    private static string NewId() => Guid.NewGuid().ToString("N");
}
