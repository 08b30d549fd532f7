// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>The links of an instance to other services of the same project, such as one that takes its logs.</summary>
public interface IIntegrations
{
    /// <summary>Reads which kinds of link there can be.</summary>
    Task<IReadOnlyList<PgIntegrationCapability>> GetCapabilitiesAsync(
        PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Reads the links.</summary>
    Task<IReadOnlyList<PgIntegration>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Makes a link and waits until it is ready. One of that type between the same two services is answered as Unchanged.</summary>
    Task<PgIntegration> CreateAsync(
        PgInstance instance, NewIntegrationRequest request, IReporter reporter, CancellationToken cancellation);

    /// <summary>Removes a link and waits until it is gone. One that is not there is answered as Unchanged.</summary>
    Task<PgIntegration> RemoveAsync(PgInstance instance, string id, IReporter reporter, CancellationToken cancellation);
}

/// <summary>The link to make.</summary>
/// <param name="Type">Its kind, in the provider's word.</param>
/// <param name="Source">Where the data comes from, a name or an id; <see langword="null"/> for the instance itself.</param>
/// <param name="Destination">Where it goes to, a name or an id; <see langword="null"/> for the instance itself.</param>
/// <param name="Parameters">What else the kind asks for; <see langword="null"/> for nothing, and for whatever one has that is there.</param>
public sealed record NewIntegrationRequest(
    string Type, string? Source, string? Destination, IReadOnlyDictionary<string, string>? Parameters);
