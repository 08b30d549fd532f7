// SPDX-License-Identifier: MIT

using System.Text.RegularExpressions;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Instances;

namespace PgCloud.Engine.Providers.Ovh.Pools;

/// <summary>The API's <c>postgresql.ConnectionPool</c>.</summary>
internal sealed partial record OvhPool : IOvhPart
{
    public string Id { get; init; } = string.Empty;

    public string Name { get; init; } = string.Empty;

    public string DatabaseId { get; init; } = string.Empty;

    public OvhEnum<PgPoolMode> Mode { get; init; }

    public long Size { get; init; }

    public int? Port { get; init; }

    public OvhEnum<PgTlsMode>? SslMode { get; init; }

    public string? Uri { get; init; }

    /// <summary>The one user it lets in; <see langword="null"/> for all.</summary>
    public string? UserId { get; init; }

    /// <summary>The host, which stands in the URI only; <see langword="null"/> where that has none.</summary>
    internal string? HostName => Place().Match(Uri ?? string.Empty) is { Success: true } place ? place.Groups["host"].Value : null;

    // postgres://<username>:<password>@host:port/pool?sslmode=require, the first two written like that: no URI by the book.
    [GeneratedRegex(@"^[a-z]+://(?:[^/@]*@)?(?<host>[^/@:?\[\]]+)(?::\d+)?(?:[/?]|$)")]
    private static partial Regex Place();
}
