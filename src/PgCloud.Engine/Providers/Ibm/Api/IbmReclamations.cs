// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>Removed instances that can be had back, or removed for good, in the resource controller.</summary>
internal sealed class IbmReclamations(IbmClient client)
{
    private const IbmService Service = IbmService.ResourceController;
    private const string Root = "/v1/reclamations";

    /// <summary>Lists them; of one instance it shows up some 20 seconds after the removal.</summary>
    internal Task<IReadOnlyList<IbmReclamation>> ListAsync(string? instanceGuid, IReporter reporter, CancellationToken cancellation) =>
        client.ListAsync<IbmPage<IbmReclamation>, IbmReclamation>(
            Service, IbmPath.Of(Root, ("resource_instance_id", instanceGuid)), p => p.Next(), reporter, cancellation);

    /// <summary>Has the instance back.</summary>
    internal Task<IbmReclamation> RestoreAsync(string id, string? comment, IReporter reporter, CancellationToken cancellation) =>
        ActAsync(id, "restore", comment, reporter, cancellation);

    /// <summary>Removes the instance for good, now.</summary>
    internal Task<IbmReclamation> ReclaimAsync(string id, string? comment, IReporter reporter, CancellationToken cancellation) =>
        ActAsync(id, "reclaim", comment, reporter, cancellation);

    private Task<IbmReclamation> ActAsync(string id, string action, string? comment, IReporter reporter, CancellationToken cancellation) =>
        client.PostAsync<IbmReclamation>(
            Service, $"{IbmPath.Of(Root, id)}/actions/{action}", new { comment }, reporter, cancellation, isRepeatable: true);
}
