// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Api;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>The API's states in the module's words.</summary>
internal static class OvhStatuses
{
    /// <summary>The state.</summary>
    internal static PgInstanceStatus ToStatus(OvhEnum<OvhStatus> status) => status.Known switch
    {
        OvhStatus.Creating => PgInstanceStatus.Creating,
        OvhStatus.Ready => PgInstanceStatus.Ready,
        OvhStatus.Updating or OvhStatus.Pending or OvhStatus.LockedUpdating or OvhStatus.LockedPending => PgInstanceStatus.Updating,
        OvhStatus.Locked => PgInstanceStatus.Locked,
        OvhStatus.Deleting => PgInstanceStatus.Removing,
        OvhStatus.Shelved => PgInstanceStatus.Stopped,
        OvhStatus.Error => PgInstanceStatus.Failed,
        _ => PgInstanceStatus.Unknown,
    };

    /// <summary>What the state alone does not say.</summary>
    internal static string ToDetail(OvhEnum<OvhStatus> status) => status.Known switch
    {
        OvhStatus.Creating or OvhStatus.Ready or OvhStatus.Updating or OvhStatus.Deleting => string.Empty,
        OvhStatus.Shelved => $"{status}: the cloud's control panel wakes it up",
        _ => status.ToString(),
    };

    /// <summary>Whether something is under way that ends by itself.</summary>
    internal static bool IsChanging(OvhEnum<OvhStatus> status) =>
        ToStatus(status) is PgInstanceStatus.Creating or PgInstanceStatus.Updating;
}
