// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ovh.Api;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>Changes and deletes services.</summary>
internal sealed class ServiceChange(ServiceWork work)
{
    internal async Task UpdateAsync(Service service, Body body)
    {
        bool isWithIps;
        lock (service.Sync)
        {
            Readiness.Check(service);
            ServiceUpdate update = ServiceUpdate.Read(service, body);
            update.Apply();
            isWithIps = update.Ips is not null;
            if (update.Ips is { } ips)
            {
                IpList.Replace(service, ips, work.Clock, work.IpChange);
            }

            TimeSpan duration = update.IsLarge ? Durations.ServiceUpdate : update.IsSlow ? Durations.SettingsUpdate : isWithIps ? work.IpChange : TimeSpan.Zero;
            if (duration > TimeSpan.Zero)
            {
                service.Status = "UPDATING";
                work.Begin(service, duration, cancellation => isWithIps ? ServiceWork.AuthoriseAsync(service, cancellation) : Task.CompletedTask);
                return;
            }
        }

        if (isWithIps)
        {
            await ServiceWork.AuthoriseAsync(service, CancellationToken.None);
        }
    }

    /// <summary>One range more or less, by the deprecated routes.</summary>
    internal async Task ChangeIpsAsync(Service service, Func<List<(string Ip, string Description)>, IEnumerable<(string Ip, string Description)>> change)
    {
        lock (service.Sync)
        {
            Readiness.Check(service);
            List<(string Ip, string Description)> now = [.. service.Ips.Where(i => !i.Phase.ThenGone).Select(i => (i.Ip, i.Description))];
            IpList.Replace(service, [.. change(now)], work.Clock, work.IpChange);
            if (work.IpChange > TimeSpan.Zero)
            {
                service.Status = "UPDATING";
                work.Begin(service, work.IpChange, cancellation => ServiceWork.AuthoriseAsync(service, cancellation));
                return;
            }
        }

        await ServiceWork.AuthoriseAsync(service, CancellationToken.None);
    }

    internal void Delete(Service service)
    {
        lock (service.Sync)
        {
            Readiness.CheckDeletion(service);
            service.Status = "DELETING";
        }

        work.Delete(service);
    }
}
