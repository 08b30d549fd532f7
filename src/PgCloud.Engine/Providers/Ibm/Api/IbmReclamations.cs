// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Errors;

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

    /// <summary>Has the instance back; that it is being restored already is what was wanted.</summary>
    internal Task RestoreAsync(IbmReclamation reclamation, string? comment, IReporter reporter, CancellationToken cancellation) =>
        ActAsync(reclamation, "restore", IbmReclamationState.Restoring, comment, reporter, cancellation);

    /// <summary>Removes the instance for good, now; that it is being removed already is what was wanted.</summary>
    internal Task ReclaimAsync(IbmReclamation reclamation, string? comment, IReporter reporter, CancellationToken cancellation) =>
        ActAsync(reclamation, "reclaim", IbmReclamationState.Reclaiming, comment, reporter, cancellation);

    private async Task ActAsync(
        IbmReclamation reclamation, string action, IbmReclamationState then, string? comment, IReporter reporter, CancellationToken cancellation)
    {
        if (reclamation.State.Known == then)
        {
            return;
        }

        try
        {
            await client.PostAsync<IbmReclamation>(
                Service, $"{IbmPath.Of(Root, reclamation.Id)}/actions/{action}", new { comment }, reporter, cancellation, isRepeatable: true);
        }
        catch (PgCloudException exception) when (exception.ErrorId is IbmErrorIds.Conflict or IbmErrorIds.ReclamationNotFound)
        {
            // An attempt whose answer was lost has done it, or another has; the other action is no reason to go on.
            IReadOnlyList<IbmReclamation> present = await ListAsync(reclamation.ResourceInstanceId, reporter, cancellation);
            if (present.FirstOrDefault(r => r.Id == reclamation.Id)?.State.Known is { } state && state != then)
            {
                throw;
            }
        }
    }
}
