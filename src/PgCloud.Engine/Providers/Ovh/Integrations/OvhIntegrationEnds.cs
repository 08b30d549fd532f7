// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Integrations;

/// <summary>Finds the two services of a link. One is the instance; the other may be of any engine, so that it is looked for among all.</summary>
internal sealed class OvhIntegrationEnds(OvhProject project, PgInstance instance, IReporter reporter)
{
    /// <summary>The ids of the two.</summary>
    internal async Task<(string Source, string Destination)> ResolveAsync(NewIntegrationRequest request, CancellationToken cancellation)
    {
        if (request is { Source: null, Destination: null })
        {
            throw PgErrors.IntegrationEndMissing(instance.Name);
        }

        string source = await ResolveAsync(request.Source, request.Destination, cancellation);
        string destination = await ResolveAsync(request.Destination, request.Source, cancellation);
        bool isOurs = source == instance.Id || destination == instance.Id;
        return isOurs && source != destination
            ? (source, destination)
            : throw PgErrors.IntegrationEndsInvalid(request.Source ?? instance.Name, request.Destination ?? instance.Name, instance.Name);
    }

    private async Task<string> ResolveAsync(string? nameOrId, string? otherEnd, CancellationToken cancellation)
    {
        if (nameOrId is null)
        {
            return instance.Id;
        }

        if (Guid.TryParseExact(nameOrId, "D", out Guid id))
        {
            return id.ToString("D");
        }

        // Names are not unique, not even across engines. Where only one end is named it is another service than the instance.
        if (nameOrId == instance.Name && otherEnd is not null)
        {
            return instance.Id;
        }

        IReadOnlyList<AnyService> all = await project.Client.ListAsync<AnyService>($"{project.Databases}/service", reporter, cancellation);
        AnyService[] named = [.. all.Where(s => s.Description == nameOrId && s.Id != instance.Id)];
        return named.Length switch
        {
            1 => named[0].Id,
            0 when nameOrId == instance.Name => instance.Id,
            0 => throw PgErrors.ServiceNotFound(nameOrId),
            _ => throw PgErrors.ServiceAmbiguous(nameOrId, named.Select(s => $"{s.Id} ({s.Engine})")),
        };
    }

    private sealed record AnyService(string Id, string? Description, string? Engine);
}
