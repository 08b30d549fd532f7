// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Instances;

namespace PgCloud.Engine.Providers.Ovh.Network;

/// <summary>A list of authorised ranges, each once.</summary>
internal sealed class Entries
{
    private readonly Dictionary<string, OvhIpRestriction> _byKey = new(StringComparer.Ordinal);

    internal Entries(IEnumerable<OvhIpRestriction> entries)
    {
        foreach (OvhIpRestriction entry in entries)
        {
            _byKey.TryAdd(OvhAddresses.KeyOf(entry.Ip), entry);
        }
    }

    internal IEnumerable<string> Keys => _byKey.Keys;

    internal IEnumerable<OvhIpRestriction> All => _byKey.Values;

    internal int Count => _byKey.Count;

    internal OvhIpRestriction? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>Whether both let in the same ranges with the same descriptions.</summary>
    internal bool IsSameAs(Entries other) =>
        Count == other.Count
        && _byKey.All(e => other.Find(e.Key) is { } there && (there.Description ?? string.Empty) == (e.Value.Description ?? string.Empty));
}
