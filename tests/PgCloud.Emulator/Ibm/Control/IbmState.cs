// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Instances;
using PgCloud.Emulator.Ibm.Keys;
using PgCloud.Emulator.Ibm.Restrictions;
using PgCloud.Emulator.Ibm.Tags;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ibm.Control;

/// <summary>What there is, as the emulator has it, and as the servers have it: to be compared with what a client believes.</summary>
internal sealed class IbmState(InstanceList instances, KeyList keys, AllowList allowList, TagStore tags, RestrictionStore restrictions)
{
    /// <summary>The instances that were not removed for good.</summary>
    internal async Task<IReadOnlyList<object>> InstancesAsync()
    {
        var all = new List<object>();
        foreach (Instance instance in instances.All.Where(i => !i.IsGone))
        {
            ResourceKey[] its = [.. keys.Of(instance)];
            all.Add(new
            {
                id = instance.Guid,
                name = instance.Name,
                state = instance.State,
                ips = allowList.Of(instance).Order(StringComparer.Ordinal),
                users = its.Select(k => k.Name).Order(StringComparer.Ordinal),
                userRoles = its.Select(k => k.User).Order(StringComparer.Ordinal),
                tags = tags.Names(instance.Crn).Order(StringComparer.Ordinal),
                // The server of one that is removed, but can be had back, is stopped.
                server = await ServerState.ReadAsync(instance.State == "active" ? instance.Server : null),
            });
        }

        return all;
    }

    /// <summary>The names of the zones, and what the rules say of themselves.</summary>
    internal object Restrictions() => new
    {
        zones = restrictions.Zones.All.Select(z => z.Content.Text("name")),
        rules = restrictions.Rules.All.Select(r => r.Content.Text("description")),
    };
}
