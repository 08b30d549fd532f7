// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>The API's <c>Availability</c>: one combination that can be had. Its older fields stand in where the newer are missing.</summary>
internal sealed record OvhAvailability
{
    public string? Engine { get; init; }

    public string? Region { get; init; }

    public string? Version { get; init; }

    public string? Plan { get; init; }

    public string? Flavor { get; init; }

    public string? Network { get; init; }

    public bool? Default { get; init; }

    public int? MinNodeNumber { get; init; }

    public int? MaxNodeNumber { get; init; }

    public long? MinDiskSize { get; init; }

    public long? MaxDiskSize { get; init; }

    public long? StepDiskSize { get; init; }

    public int? BackupRetentionDays { get; init; }

    public OvhSpecifications? Specifications { get; init; }

    public OvhOfferedBackups? Backups { get; init; }

    public OvhLifecycle? Lifecycle { get; init; }

    /// <summary>Reads what is offered.</summary>
    internal static Task<IReadOnlyList<PgOffering>> ReadAsync(OvhProject project, IReporter reporter, CancellationToken cancellation) =>
        ReadAsync(project, string.Empty, reporter, cancellation);

    /// <summary>Reads what an instance may become when one part of its offer is changed: plan, flavor or version.</summary>
    internal static Task<IReadOnlyList<PgOffering>> ReadTargetsAsync(
        OvhProject project, string instanceId, string target, IReporter reporter, CancellationToken cancellation) =>
        ReadAsync(project, $"?clusterId={Uri.EscapeDataString(instanceId)}&action=update&target={target}", reporter, cancellation);

    private static async Task<IReadOnlyList<PgOffering>> ReadAsync(
        OvhProject project, string query, IReporter reporter, CancellationToken cancellation)
    {
        OvhAvailability[] rows = await project.Client.GetAsync<OvhAvailability[]>($"{project.Databases}/availability{query}", reporter, cancellation);
        return [.. rows.Where(r => r.Engine == "postgresql").Select(r => r.ToOffering())];
    }

    private PgOffering ToOffering() => new()
    {
        Region = Region ?? string.Empty,
        Version = Version ?? string.Empty,
        Plan = Plan ?? string.Empty,
        Flavor = Specifications?.Flavor ?? Flavor ?? string.Empty,
        Network = Specifications?.Network ?? Network ?? string.Empty,
        MinNodeCount = Specifications?.Nodes?.Minimum ?? MinNodeNumber ?? 1,
        MaxNodeCount = Specifications?.Nodes?.Maximum ?? MaxNodeNumber ?? 1,
        MinDiskSizeGB = Specifications?.Storage?.Minimum?.Value ?? MinDiskSize ?? 0,
        MaxDiskSizeGB = Specifications?.Storage?.Maximum?.Value ?? MaxDiskSize ?? 0,
        DiskStepGB = Specifications?.Storage?.Step?.Value ?? StepDiskSize ?? 0,
        BackupRetentionDays = Backups?.RetentionDays ?? BackupRetentionDays ?? 0,
        IsDefault = Default ?? false,
        Lifecycle = Lifecycle?.Status ?? string.Empty,
        EndOfLife = Lifecycle?.EndOfLife,
    };
}

internal sealed record OvhSpecifications(string? Flavor, string? Network, OvhBounds? Nodes, OvhStorageBounds? Storage);

internal sealed record OvhBounds(int? Minimum, int? Maximum);

internal sealed record OvhStorageBounds(OvhAmount? Minimum, OvhAmount? Maximum, OvhAmount? Step);

internal sealed record OvhOfferedBackups(bool? Available, int? RetentionDays);

internal sealed record OvhLifecycle(string? Status, DateTimeOffset? EndOfLife);
