// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ibm.Instances;

/// <summary>The data of an instance at one time. <see cref="Snapshot"/> is there once it was copied.</summary>
internal sealed class Backup
{
    internal required string SourceCrn { get; init; }

    internal required InstanceSpec Source { get; init; }

    internal required string Type { get; init; }

    internal DateTimeOffset CreatedAt { get; } = EmulatorClock.Now;

    internal ServerSnapshot? Snapshot { get; set; }

    /// <summary>As the instance of an independent backup tells it; kept for 30 days.</summary>
    internal object View() => new
    {
        can_be_deleted_after = IbmTime.Milliseconds(CreatedAt.AddDays(30)),
        size_gb = Source.StorageGb,
        source_data_service_crn = SourceCrn,
        type = Type,
        version = Source.Version,
    };
}
