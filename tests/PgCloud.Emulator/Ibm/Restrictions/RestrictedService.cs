// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ibm.Restrictions;

/// <summary>A service that rules can be about.</summary>
internal sealed record RestrictedService(string Name, string Title, bool IsDatabase)
{
    internal static IReadOnlyList<RestrictedService> All { get; } =
    [
        new("databases-for-postgresql", "Databases for PostgreSQL", true),
        new("cloud-object-storage", "Cloud Object Storage", false),
        new("kms", "Key Protect", false),
    ];

    internal static RestrictedService? Find(string? name) => All.FirstOrDefault(s => s.Name == name);

    internal object Operations() => new
    {
        api_types = new[]
        {
            new
            {
                api_type_id = RuleContent.DataPlane,
                display_name = "Data Plane",
                description = "The connections to the service's data",
                type = "data-plane",
                actions = Array.Empty<object>(),
                enforcement_modes = IsDatabase ? new[] { "enabled", "disabled" } : ["enabled", "disabled", "report"],
            },
        },
    };
}
