// SPDX-License-Identifier: MIT

using System.Globalization;
using Newtonsoft.Json;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>A page of a list.</summary>
internal interface IIbmPage<T>
{
    /// <summary>What is on it.</summary>
    IReadOnlyList<T> Items { get; }
}

/// <summary>A page as the resource controller and the resource manager have them.</summary>
internal sealed class IbmPage<T> : IIbmPage<T>
{
    [JsonProperty("resources")]
    public IReadOnlyList<T> Items { get; init; } = [];

    /// <summary>The next page; <see langword="null"/> on the last one.</summary>
    public string? NextUrl { get; init; }

    /// <summary>
    ///   The query of the next page. Of the URL, the token alone is taken, as IBM's own client does: the rest of it need not lead back to where
    ///   this page came from.
    /// </summary>
    internal string? Next()
    {
        string? token = (NextUrl ?? string.Empty).Split('?').ElementAtOrDefault(1)?.Split('&')
            .FirstOrDefault(part => part.StartsWith("start=", StringComparison.Ordinal))?["start=".Length..];
        return string.IsNullOrEmpty(token) ? null : $"start={token}";
    }
}

/// <summary>A page as the catalog has them.</summary>
internal sealed class IbmCatalogPage : IIbmPage<IbmCatalogEntry>
{
    [JsonProperty("resources")]
    public IReadOnlyList<IbmCatalogEntry> Items { get; init; } = [];

    public int Offset { get; init; }

    /// <summary>The next page; <see langword="null"/> on the last one.</summary>
    [JsonProperty("next")]
    public string? NextUrl { get; init; }

    /// <summary>The query of the next page.</summary>
    internal string? Next() => string.IsNullOrEmpty(NextUrl) || Items.Count == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"_offset={Offset + Items.Count}");
}

/// <summary>A page of tags.</summary>
internal sealed class IbmTagPage : IIbmPage<IbmTag>
{
    [JsonProperty("items")]
    public IReadOnlyList<IbmTag> Items { get; init; } = [];

    public int TotalCount { get; init; }

    public int Offset { get; init; }

    /// <summary>The query of the next page.</summary>
    internal string? Next() => Items.Count == 0 || Offset + Items.Count >= TotalCount
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"offset={Offset + Items.Count}");
}
