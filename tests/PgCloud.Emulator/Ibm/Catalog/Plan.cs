// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ibm.Catalog;

/// <summary>A plan of a service: the id and the name have their words in another order.</summary>
internal sealed record Plan(string Service, string Id, string Name, string Deployment)
{
    internal static Plan PostgresGen2 { get; } =
        new("databases-for-postgresql", "databases-for-postgresql-gen2-standard", "standard-gen2", "databases-for-postgresql-standard-gen2");

    /// <summary>Of the first generation: the catalogue has it, but no instance of it can be made here.</summary>
    internal static Plan PostgresGen1 { get; } =
        new("databases-for-postgresql", "databases-for-postgresql-standard", "standard", "databases-for-postgresql-standard");

    internal static Plan Backups { get; } = new(
        "databases-independent-backups", "databases-independent-backups-gen2-standard", "standard-gen2", "databases-independent-backups-standard-gen2");

    internal static IReadOnlyList<Plan> All { get; } = [PostgresGen1, PostgresGen2, Backups];

    internal static IReadOnlyList<string> Regions { get; } = ["ca-mon", "in-che", "us-east", "eu-de"];

    internal bool IsGen2 => Name.EndsWith("-gen2", StringComparison.Ordinal);

    internal string DeploymentId(string region) => $"{Deployment}:{region}";

    internal string DeploymentCrn(string region) => $"crn:v1:bluemix:public:globalcatalog::::deployment:{Uri.EscapeDataString(DeploymentId(region))}";

    /// <summary>The region of a target: its name, the deployment's id or its CRN.</summary>
    internal string? RegionOf(string target) => Regions.FirstOrDefault(r => target == r || target == DeploymentId(r) || target == DeploymentCrn(r));
}
