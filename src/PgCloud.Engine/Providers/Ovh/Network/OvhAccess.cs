// SPDX-License-Identifier: MIT

using System.Diagnostics;
using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Network;

/// <summary>
///   Who is let in to one instance. The API replaces the whole list and has neither a lock nor an ETag, so that of two writers who read the
///   same list one undoes the other's change. A change is therefore read back after a while, and made again where it was undone.
/// </summary>
internal sealed class OvhAccess(OvhProject project, OvhInstances instances, PgInstance instance, IReporter reporter)
{
    /// <summary>Reads the list.</summary>
    internal async Task<IReadOnlyList<PgAuthorisedIp>> GetAsync(CancellationToken cancellation)
    {
        OvhService service = await instances.ReadAsync(instance, reporter, cancellation);
        return [.. service.IpRestrictions.Select(e => ToIp(OvhAddresses.KeyOf(e.Ip), e.Description, PgChange.None, null))];
    }

    /// <summary>Adds ranges.</summary>
    internal async Task<IReadOnlyList<PgAuthorisedIp>> AddAsync(IReadOnlyList<AuthorisedIpRequest> ranges, CancellationToken cancellation)
    {
        OvhAddresses.Check(ranges);
        Entries before = await ChangeAsync(_ => new AccessChange(ranges, []), cancellation);
        return [.. ranges.Select(r => ToIp(r, before))];
    }

    /// <summary>Removes ranges.</summary>
    internal async Task<IReadOnlyList<PgAuthorisedIp>> RemoveAsync(IReadOnlyList<string> ranges, CancellationToken cancellation)
    {
        Entries before = await ChangeAsync(_ => new AccessChange([], [.. ranges]), cancellation);
        return [.. ranges.Select(r => Removed(r, before))];
    }

    /// <summary>Has just these ranges.</summary>
    internal async Task<IReadOnlyList<PgAuthorisedIp>> SetAsync(IReadOnlyList<AuthorisedIpRequest> ranges, CancellationToken cancellation)
    {
        OvhAddresses.Check(ranges);
        HashSet<string> wanted = [.. ranges.Select(r => r.Address)];
        string[] removed = [];
        Entries before = await ChangeAsync(
            present => new AccessChange(ranges, removed = [.. present.Keys.Where(k => !wanted.Contains(k))]), cancellation);
        return [.. ranges.Select(r => ToIp(r, before)), .. removed.Select(r => Removed(r, before))];
    }

    private async Task<Entries> ChangeAsync(Func<Entries, AccessChange> plan, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        Entries? first = null;
        AccessChange? change = null;
        bool isWritten = false;
        TimeSpan pause = project.Contention.Settle;
        for (int repairs = 0; ; )
        {
            long asked = Stopwatch.GetTimestamp();
            OvhService service = await instances.ReadAsync(instance, reporter, cancellation);
            long answered = Stopwatch.GetTimestamp();
            var present = new Entries(service.IpRestrictions);
            first ??= present;
            change ??= plan(present);
            bool isChanging = OvhStatuses.IsChanging(service.Status);
            Entries wanted = change.Apply(present);
            if (!isChanging && wanted.IsSameAs(present))
            {
                return first;
            }

            ThrowIfOver(begun, repairs, OvhInstances.ToInstance(service));
            if (!isChanging)
            {
                if (isWritten)
                {
                    repairs++;
                    reporter.Warning(
                        $"Another change of the authorised addresses of '{instance.Name}' at the same time undid this one; it is made again.");
                }

                isWritten = false;
                if (Stopwatch.GetElapsedTime(answered) < project.Contention.Window
                    && await TryPutAsync(wanted, cancellation))
                {
                    isWritten = true;

                    // Whoever read the list before this change and writes it after does so within this time, or reads it again.
                    TimeSpan settle = Longer(project.Contention.Settle, Stopwatch.GetElapsedTime(asked, answered) * 3);
                    await reporter.RestAsync(Jitter(settle, 1, 1.5), cancellation);
                    pause = project.Contention.Settle;
                    continue;
                }
            }

            // Others wait for the same moment: not all of them should come back at once.
            await Task.Delay(Jitter(pause, 0.5, 1.5), cancellation);
            pause = TimeSpan.FromTicks(Math.Min((pause * 1.5).Ticks, project.Pace.Longest.Ticks / 3));
        }
    }

    private async Task<bool> TryPutAsync(Entries wanted, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Write the {wanted.Count} authorised ranges of {instance.Name}");
        try
        {
            await project.Client.PutAsync(
                project.PathOf(instance), new JObject { ["ipRestrictions"] = OvhAddresses.ToJson(wanted.All) }, reporter, cancellation);
            return true;
        }
        catch (PgCloudException exception) when (exception.ErrorId is OvhErrorIds.InstanceNotReady or OvhErrorIds.InstanceBusy)
        {
            return false;
        }
    }

    private void ThrowIfOver(long begun, int repairs, PgInstance present)
    {
        if (present.Status is not (PgInstanceStatus.Ready or PgInstanceStatus.Updating or PgInstanceStatus.Creating))
        {
            throw PgErrors.InstanceNotReady(present);
        }

        if (Stopwatch.GetElapsedTime(begun) > project.Contention.Timeout)
        {
            throw repairs > 0 ? PgErrors.AccessContended(instance.Name, repairs) : PgErrors.InstanceWaitTimeout(present, project.Contention.Timeout);
        }
    }

    private PgAuthorisedIp ToIp(AuthorisedIpRequest range, Entries before)
    {
        OvhIpRestriction? present = before.Find(range.Address);
        PgChange change = present is null ? PgChange.Created
            : range.Description is null || range.Description == (present.Description ?? string.Empty) ? PgChange.Unchanged
            : PgChange.Updated;
        return ToIp(range.Address, range.Description ?? present?.Description, change, range.NormalisedFrom);
    }

    private PgAuthorisedIp Removed(string range, Entries before) =>
        ToIp(range, before.Find(range)?.Description, before.Find(range) is null ? PgChange.Unchanged : PgChange.Removed, null);

    private PgAuthorisedIp ToIp(string range, string? description, PgChange change, string? normalisedFrom) => new()
    {
        Cidr = range,
        Description = description ?? string.Empty,
        NormalisedFrom = normalisedFrom,
        Instance = instance,
        Change = change,
    };

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Jitter(TimeSpan pause, double least, double most) => pause * (least + (Random.Shared.NextDouble() * (most - least)));
}
