// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ovh.Offers;

/// <summary>The availability table and the capabilities as the API shows them.</summary>
internal static class OfferViews
{
    internal static object View(Offer offer) => new
    {
        backup = "automatic",
        backupRetentionDays = offer.Plan.RetentionDays,
        backups = new { available = true, retentionDays = offer.Plan.RetentionDays },
        category = "operational",
        @default = offer.Version == OfferTable.DefaultVersion && offer is { Plan.Name: "essential", Flavor.Name: "db1-4" },
        endOfLife = EndOfLife(offer.Version),
        engine = "postgresql",
        flavor = offer.Flavor.Name,
        lifecycle = Lifecycle(offer.Version),
        maxDiskSize = offer.Flavor.MaxDisk,
        maxNodeNumber = offer.Plan.Nodes,
        minDiskSize = offer.Flavor.MinDisk,
        minNodeNumber = offer.Plan.Nodes,
        network = Network(offer.IsPrivate),
        plan = offer.Plan.Name,
        planCode = $"databases.postgresql-{offer.Plan.Name}-{offer.Flavor.Name}.hour.consumption",
        planCodeStorage = $"databases.postgresql-{offer.Plan.Name}-additionnal-storage-gb.hour.consumption",
        region = offer.Region,
        specifications = new
        {
            flavor = offer.Flavor.Name,
            network = Network(offer.IsPrivate),
            nodes = new { minimum = offer.Plan.Nodes, maximum = offer.Plan.Nodes },
            storage = new { minimum = Size(offer.Flavor.MinDisk), maximum = Size(offer.Flavor.MaxDisk), step = Size(Offer.DiskStep) },
        },
        startDate = StartDate(offer.Version),
        status = Status(offer.Version),
        stepDiskSize = Offer.DiskStep,
        upstreamEndOfLife = EndOfLife(offer.Version),
        version = offer.Version,
    };

    internal static object Capabilities() => new
    {
        disks = new[] { "high-speed" },
        engines = new[]
        {
            new
            {
                category = "operational",
                defaultVersion = OfferTable.DefaultVersion,
                description = "Object-relational database management system",
                name = "postgresql",
                sslModes = new[] { "require" },
                storage = "replicated",
                versions = OfferTable.Versions,
            },
        },
        flavors = OfferTable.Flavors.Select((f, i) => new
        {
            core = f.Cores,
            lifecycle = Lifecycle(null),
            memory = f.Memory,
            name = f.Name,
            order = i,
            specifications = new { core = f.Cores, memory = Size(f.Memory), storage = Size(f.MinDisk) },
            storage = f.MinDisk,
            tags = Array.Empty<string>(),
        }),
        options = Array.Empty<object>(),
        plans = OfferTable.Plans.Select((p, i) => new
        {
            backupRetention = $"P{p.RetentionDays}D",
            description = $"{p.Nodes} node(s)",
            lifecycle = Lifecycle(null),
            name = p.Name,
            order = i,
            tags = Array.Empty<string>(),
        }),
        regions = OfferTable.Regions,
    };

    internal static object Size(long gigabytes) => new { unit = "GB", value = gigabytes };

    private static string Network(bool isPrivate) => isPrivate ? "private" : "public";

    private static object Lifecycle(string? version) => new
    {
        endOfLife = version is null ? null : EndOfLife(version),
        endOfSale = (string?)null,
        startDate = version is null ? "2021-11-01" : StartDate(version),
        status = version is null ? "STABLE" : Status(version),
    };

    private static string Status(string version) => version == "14" ? "DEPRECATED" : "STABLE";

    // A major version comes in autumn and is looked after for five years; here it is on offer since the following March.
    private static string StartDate(string version) => $"{2008 + OfferTable.Number(version)}-03-01";

    private static string EndOfLife(string version) => $"{2012 + OfferTable.Number(version)}-11-12";
}
