// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException BackupNotOfInstance(string id, string instance, IReadOnlyCollection<PgBackup> newest) => new(
        "PgCloud.Cloud.BackupNotFound",
        PgErrorKind.NotFound,
        id,
        newest.Count == 0
            ? $"The instance '{instance}' has no backup {Show(id)}, and none yet at all."
            : $"The instance '{instance}' has no backup {Show(id)}; the newest are: {string.Join(", ", newest.Select(Describe))}.",
        $"Get-PgBackup '{instance}' lists all; backups end after the retention time of the plan.");

    internal static PgCloudException NoBackup(string instance) => new(
        "PgCloud.Cloud.BackupNotFound",
        PgErrorKind.NotFound,
        instance,
        $"The instance '{instance}' has no backup that is ready yet.",
        "Backups are made once a day: try again when the first is there, or give a -PointInTime.");

    internal static PgCloudException PointInTimeInvalid(DateTimeOffset moment, string instance, DateTimeOffset oldest) => new(
        "PgCloud.Instance.PointInTimeInvalid",
        PgErrorKind.InvalidArgument,
        moment,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{moment.ToUniversalTime():u} {(moment < oldest ? $"is longer ago than '{instance}' can be restored to" : "has not come yet")}; allowed: {Earliest(oldest):u} until now ({DateTimeOffset.UtcNow:u})."),
        $"Give a moment within that time; one without a zone is local time. Get-PgBackup '{instance}' lists what else can be restored.");

    internal static PgCloudException PointInTimeUnavailable(PgInstance instance) => new(
        "PgCloud.Instance.PointInTimeUnavailable",
        PgErrorKind.InvalidState,
        instance,
        $"The instance '{instance.Name}' cannot be restored to a point in time: the cloud names none from which on.",
        $"Restore one of its backups: Get-PgBackup '{instance.Name}'. An instance that was just made has its first one soon.");

    internal static PgCloudException RestoreNetworkMissing(PgInstance source, string region) => new(
        "PgCloud.Instance.NetworkMissing",
        PgErrorKind.InvalidArgument,
        region,
        $"'{source.Name}' stands in a private network of {source.Region}; in which one of {region} the new instance shall stand is not said.",
        "Give -NetworkId and -SubnetId, so that what was private does not become public.");

    internal static PgCloudException BackupRegionInvalid(
        IReadOnlyList<string> wanted, string? stranger, string own, IReadOnlyList<string>? allowed) => new(
        "PgCloud.Backup.RegionInvalid",
        PgErrorKind.InvalidArgument,
        stranger ?? string.Join(", ", wanted),
        stranger is null
            ? $"Backups cannot be kept in {string.Join(", ", wanted)}; allowed: {own} alone, or {own} and one other region."
            : $"Backups cannot be kept in {Show(stranger)}; allowed: {own}, alone or with one of {string.Join(", ", (allowed ?? []).Where(r => r != own))}.",
        $"Give one or two regions with -BackupRegion; one of them is the instance's own, {own}.");

    // The second is rounded up: what is shown is allowed.
    private static DateTimeOffset Earliest(DateTimeOffset oldest)
    {
        DateTimeOffset utc = oldest.ToUniversalTime();
        long rest = utc.Ticks % TimeSpan.TicksPerSecond;
        return rest == 0 ? utc : utc.AddTicks(TimeSpan.TicksPerSecond - rest);
    }

    private static string Describe(PgBackup backup) => string.Create(CultureInfo.InvariantCulture, $"{backup.Id} ({backup.CreatedAt:u})");
}
