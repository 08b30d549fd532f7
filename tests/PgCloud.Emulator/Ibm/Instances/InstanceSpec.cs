// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text.Json.Nodes;

namespace PgCloud.Emulator.Ibm.Instances;

/// <summary>What a PostgreSQL instance is made of.</summary>
internal sealed record InstanceSpec
{
    internal int Members { get; init; } = 2;

    internal int StorageGb { get; init; } = 10;

    internal string HostFlavor { get; init; } = "bx3d.4x20";

    internal string Version { get; init; } = "18";

    /// <summary>The CRN of the backup it was made from.</summary>
    internal string? Backup { get; init; }

    internal string? DiskKey { get; init; }

    internal JsonObject Configuration { get; init; } = new() { ["max_connections"] = 115 };

    // bx3d.4x20 has 4 CPUs and 20 GB.
    internal int CpuCount => int.Parse(HostFlavor.Split('.')[1].Split('x')[0], CultureInfo.InvariantCulture);

    internal int MemoryGb => int.Parse(HostFlavor.Split('x')[^1], CultureInfo.InvariantCulture);
}
