// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Providers;

/// <summary>
///   A creation that somebody began, and that is taken up by asking for the same again: a runbook whose shell ended meanwhile is run once more.
/// </summary>
internal static class BegunInstance
{
    /// <summary>
    ///   Whether that instance is still being made, and is what is asked for as far as that is said. What an API does not tell of an instance,
    ///   such as whose data it begins with, cannot be compared: such a request takes nothing up.
    /// </summary>
    internal static bool Is(PgInstance present, NewInstanceRequest request) =>
        present.Status == PgInstanceStatus.Creating
        && request is
        {
            FromInstance: null, FromBackup: null, PointInTime: null, DiskEncryptionKey: null, ParametersJson: null, ResourceGroup: null,
            BackupTime: null, BackupRegions: null, MaintenanceTime: null, Configuration.Count: 0, Tags.Count: 0,
        }
        && IsSame(request.Version, present.Version)
        && IsSame(request.Region, present.Region)
        && IsSame(request.Plan, present.Plan)
        && IsSame(request.Flavor, present.Flavor)
        && (request.NodeCount ?? present.NodeCount) == present.NodeCount
        && (request.DiskSizeGB ?? present.DiskSizeGB) == present.DiskSizeGB;

    private static bool IsSame(string? asked, string present) => asked is null || asked.Equals(present, StringComparison.OrdinalIgnoreCase);
}
