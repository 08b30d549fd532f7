// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers;

/// <summary>Writes the features of a provider.</summary>
internal static class ProviderFeature
{
    internal static PgProviderFeature Offered(string name, string note) => new() { Name = name, IsOffered = true, Note = note };

    internal static PgProviderFeature NotOffered(string name, string note) => new() { Name = name, IsOffered = false, Note = note };
}
