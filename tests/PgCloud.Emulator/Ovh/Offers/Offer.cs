// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ovh.Offers;

/// <summary>A plan: how many nodes it has and for how long backups are kept. Higher ranks are upgrades.</summary>
internal sealed record Plan(string Name, int Generation, int Rank, int Nodes, int RetentionDays);

/// <summary>A machine and the storage it may have in GB.</summary>
internal sealed record Flavor(string Name, int Generation, int Cores, int Memory, int MinDisk, int MaxDisk);

/// <summary>One combination that can be had.</summary>
internal sealed record Offer(string Version, Plan Plan, Flavor Flavor, string Region, bool IsPrivate)
{
    internal const int DiskStep = 10;

    internal bool HasDisk(long size) => size >= Flavor.MinDisk && size <= Flavor.MaxDisk && (size - Flavor.MinDisk) % DiskStep == 0;
}
