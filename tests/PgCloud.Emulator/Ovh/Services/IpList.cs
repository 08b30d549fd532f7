// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Api;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>Replaces the list of authorised IPs as a whole. There is no lock: who writes last has written.</summary>
internal static class IpList
{
    /// <summary>Replaces it; the caller holds the service.</summary>
    internal static void Replace(Service service, IReadOnlyList<(string Ip, string Description)> wanted, EmulatorClock clock, TimeSpan duration)
    {
        var before = service.Ips.Where(i => !i.Phase.ThenGone).ToDictionary(i => i.Ip);
        if (service.Race is { } other)
        {
            // Another client read the list before this change and writes it back after it, with its own entry.
            service.Race = null;
            wanted = [.. before.Values.Select(i => (i.Ip, i.Description)).Where(i => i.Ip != other.Ip), other];
        }

        IEnumerable<IpEntry> kept = wanted.Select(w => !before.TryGetValue(w.Ip, out IpEntry? entry)
            ? new IpEntry(w.Ip, w.Description, Phase.Of("CREATING", clock, duration))
            : entry.Description == w.Description ? entry : entry with { Description = w.Description, Phase = Phase.Of("UPDATING", clock, duration) });
        IEnumerable<IpEntry> leaving = duration == TimeSpan.Zero
            ? []
            : before.Values.Where(i => wanted.All(w => w.Ip != i.Ip)).Select(i => i with { Phase = Phase.Deleting(clock, duration) });
        service.Ips = [.. kept, .. leaving];
    }
}
