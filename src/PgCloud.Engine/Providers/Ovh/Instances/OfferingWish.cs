// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>What an instance is asked to be, as far as the offer decides it.</summary>
internal sealed record OfferingWish
{
    internal string? Region { get; init; }

    internal string? Version { get; init; }

    internal string? Plan { get; init; }

    internal string? Flavor { get; init; }

    internal string? Network { get; init; }

    internal int? NodeCount { get; init; }

    internal long? DiskSizeGB { get; init; }
}
