// SPDX-License-Identifier: MIT

using System.Globalization;
using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Backups;

/// <summary>
///   The data that a new instance begins with: <c>forkFrom</c> of its order. "The newly created service does not duplicate IP restrictions nor
///   users" (Restore or fork a backup).
/// </summary>
internal sealed class OvhRestore(OvhProject project, PgInstance source, IReporter reporter)
{
    private const string Ready = nameof(OvhStatus.Ready);
    private const int Listed = 3;

    /// <summary>Refuses a moment to which the source cannot be restored, before anything is asked.</summary>
    internal static void CheckMoment(NewInstanceRequest request)
    {
        if (request is not { PointInTime: { } moment, FromInstance: { } source })
        {
            return;
        }

        // "Date until PITR is available" (the schema) is how far back it goes: the control panel lets moments between it and now be chosen,
        // and none at all where it is null.
        DateTimeOffset oldest = source.Detail.GetValueOrDefault(OvhInstances.PointInTimeFrom) as DateTimeOffset?
            ?? throw PgErrors.PointInTimeUnavailable(source);
        if (moment < oldest || moment > DateTimeOffset.UtcNow)
        {
            throw PgErrors.PointInTimeInvalid(moment, source.Name, oldest);
        }
    }

    /// <summary>Has the new instance stand in the private network of its source, where no other is named.</summary>
    internal static NewInstanceRequest WithNetwork(NewInstanceRequest request)
    {
        if (request is not { NetworkId: null, FromInstance: { } source } || source.Detail.GetValueOrDefault(OvhInstances.NetworkId) is not string network)
        {
            return request;
        }

        // The ids of networks are regional.
        return request.Region is { } region && region != source.Region
            ? throw PgErrors.RestoreNetworkMissing(source, region)
            : request with { NetworkId = network, SubnetId = source.Detail.GetValueOrDefault(OvhInstances.SubnetId) as string };
    }

    /// <summary>The part of the order, checked against what there is.</summary>
    internal async Task<JObject> ForkFromAsync(NewInstanceRequest request, CancellationToken cancellation)
    {
        var fork = new JObject { ["serviceId"] = source.Id };
        if (request.PointInTime is { } moment)
        {
            fork["pointInTime"] = moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        }
        else
        {
            IReadOnlyList<PgBackup> backups = await new OvhBackupList(project).GetAsync(source, reporter, cancellation);
            fork["backupId"] = request.FromBackup is { } id ? Find(backups, id) : Newest(backups);
        }

        return fork;
    }

    private string Find(IReadOnlyList<PgBackup> backups, string id) =>
        backups.FirstOrDefault(b => string.Equals(b.Id, id, StringComparison.OrdinalIgnoreCase))?.Id
        ?? throw PgErrors.BackupNotOfInstance(id, source.Name, [.. backups.Take(Listed)]);

    private string Newest(IReadOnlyList<PgBackup> backups) =>
        (backups.FirstOrDefault(b => b.Status == Ready) ?? throw PgErrors.NoBackup(source.Name)).Id;
}
