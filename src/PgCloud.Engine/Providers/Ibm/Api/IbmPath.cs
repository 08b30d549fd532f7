// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>Paths of calls.</summary>
internal static class IbmPath
{
    /// <summary>A path with a query; what is <see langword="null"/> is left out.</summary>
    internal static string Of(string path, params (string Name, string? Value)[] query)
    {
        string[] parts = [.. query.Where(q => q.Value is not null).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}")];
        return parts.Length == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }

    /// <summary>A path of one thing by its id: a GUID, or a CRN, whose colons stay as IBM's own documents show them.</summary>
    internal static string Of(string path, string id) => $"{path}/{Uri.EscapeDataString(id).Replace("%3A", ":", StringComparison.Ordinal)}";
}
