// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Instances;

namespace PgCloud.Engine.Providers.Ovh.Integrations;

/// <summary>The API's <c>service.Integration</c>.</summary>
internal sealed record OvhIntegration
{
    public string Id { get; init; } = string.Empty;

    // A word of the API that is passed on as it is: which there are is told by the capabilities.
    public string? Type { get; init; }

    // Its own enumeration knows READY only; the others are taken for those of a service.
    public OvhEnum<OvhStatus> Status { get; init; }

    public string SourceServiceId { get; init; } = string.Empty;

    public string DestinationServiceId { get; init; } = string.Empty;

    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    internal PgIntegration ToIntegration(PgInstance instance, PgChange change) => new()
    {
        Id = Id,
        Type = Type ?? string.Empty,
        Status = OvhStatuses.ToStatus(Status),
        StatusDetail = OvhStatuses.ToDetail(Status),
        SourceInstance = SourceServiceId,
        DestinationInstance = DestinationServiceId,
        Parameter = Parameters ?? new Dictionary<string, string>(),
        Instance = instance,
        Change = change,
    };
}

/// <summary>The API's <c>capabilities.Integration</c>.</summary>
internal sealed record OvhIntegrationCapability(
    string? Type, string? SourceEngine, string? DestinationEngine, IReadOnlyList<OvhIntegrationParameter>? Parameters)
{
    internal PgIntegrationCapability ToCapability(PgInstance instance) => new()
    {
        Type = Type ?? string.Empty,
        SourceEngine = SourceEngine ?? string.Empty,
        DestinationEngine = DestinationEngine ?? string.Empty,
        AllowedParameter = (Parameters ?? [])
            .Where(p => p.Name is not null)
            .DistinctBy(p => p.Name)
            .ToDictionary(p => p.Name!, p => p.Type ?? string.Empty, StringComparer.Ordinal),
        Instance = instance,
    };
}

/// <summary>The API's <c>capabilities.integration.Parameter</c>.</summary>
internal sealed record OvhIntegrationParameter(string? Name, string? Type);
