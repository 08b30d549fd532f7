// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>An object and the version it was read in, which a change of it names.</summary>
/// <param name="Value">The object.</param>
/// <param name="ETag">Its version; <see langword="null"/> where the service has none.</param>
internal sealed record IbmVersioned<T>(T Value, string? ETag);
