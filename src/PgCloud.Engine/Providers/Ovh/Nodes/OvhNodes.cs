// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Instances;

namespace PgCloud.Engine.Providers.Ovh.Nodes;

/// <summary>The nodes of instances. Their number follows from the plan; there is no route to add or remove one.</summary>
internal sealed class OvhNodes(OvhProject project) : INodes
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgNode>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<NodeRecord> nodes = await project.Client.ListAsync<NodeRecord>(project.PathOf(instance, "/node"), reporter, cancellation);
        return [.. nodes.Select(n => Describe(n, instance)).OrderBy(n => n.Name, StringComparer.Ordinal)];
    }

    private static PgNode Describe(NodeRecord node, PgInstance instance) => new()
    {
        Id = node.Id,
        Name = node.Name ?? string.Empty,
        Role = node.Role?.Readable ?? string.Empty,
        Region = node.Region ?? string.Empty,
        Flavor = node.Flavor ?? string.Empty,
        Status = node.Status.Readable,
        Port = node.Port ?? 0,
        CreatedAt = node.CreatedAt?.ToUniversalTime(),
        Instance = instance,
    };

    // The API's service.Node and service.node.RoleEnum.
    private sealed record NodeRecord
    {
        public string Id { get; init; } = string.Empty;

        public string? Name { get; init; }

        public OvhEnum<NodeRole>? Role { get; init; }

        public string? Region { get; init; }

        public string? Flavor { get; init; }

        public OvhEnum<OvhStatus> Status { get; init; }

        public int? Port { get; init; }

        public DateTimeOffset? CreatedAt { get; init; }
    }

    private enum NodeRole
    {
        Analytics,
        Standard,
    }
}
