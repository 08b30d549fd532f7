// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException MaintenanceNotFound(string id, string instance) => new(
        "PgCloud.Maintenance.NotFound",
        PgErrorKind.NotFound,
        id,
        $"The instance '{instance}' has no maintenance {Show(id)}.",
        $"Get-PgMaintenance '{instance}' lists what there is.");

    internal static PgCloudException MaintenanceNotApplicable(PgMaintenance maintenance) => new(
        "PgCloud.Maintenance.NotApplicable",
        PgErrorKind.InvalidState,
        maintenance,
        $"The maintenance {maintenance.Id} of '{maintenance.Instance}' cannot be applied: it is {maintenance.Status}.",
        "Only what is Pending or Scheduled can be. One that has failed is the cloud's to mend: ask its support.");

    internal static PgCloudException MaintenanceFailed(PgMaintenance maintenance) => new(
        "PgCloud.Maintenance.Failed",
        PgErrorKind.InvalidOperation,
        maintenance,
        $"The maintenance {maintenance.Id} of '{maintenance.Instance}' was begun and has failed.",
        "Get-PgInstance shows whether the instance is Ready; ask the cloud's support about the maintenance.");

    internal static PgCloudException MaintenanceWaitTimeout(PgMaintenance maintenance, TimeSpan waited) => new(
        "PgCloud.Maintenance.WaitTimeout",
        PgErrorKind.Timeout,
        maintenance,
        string.Create(
            CultureInfo.InvariantCulture,
            $"After {waited.TotalSeconds:0} s the maintenance {maintenance.Id} of '{maintenance.Instance}' is still {maintenance.Status}."),
        "Only the waiting ended, not what is under way: run the cmdlet again with a larger -TimeoutSec.");

    internal static PgCloudException NodeNotOfInstance(string nameOrId, string instance) => new(
        "PgCloud.Cloud.NodeNotFound",
        PgErrorKind.NotFound,
        nameOrId,
        $"The instance '{instance}' has no node {Show(nameOrId)}.",
        $"Get-PgNode '{instance}' lists them; nodes are replaced in maintenance.");
}
