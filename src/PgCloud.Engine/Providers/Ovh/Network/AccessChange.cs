// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
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

/// <summary>What shall be on the list, and what shall not. What is about neither is others' and stays.</summary>
/// <param name="Wanted">The ranges that shall be there.</param>
/// <param name="Unwanted">Those that shall not.</param>
internal sealed record AccessChange(IReadOnlyList<AuthorisedIpRequest> Wanted, IReadOnlyList<string> Unwanted)
{
    /// <summary>The list after the change.</summary>
    internal Entries Apply(Entries present)
    {
        HashSet<string> gone = [.. Unwanted];
        Dictionary<string, AuthorisedIpRequest> wanted = Wanted.DistinctBy(w => w.Address).ToDictionary(w => w.Address, StringComparer.Ordinal);
        IEnumerable<OvhIpRestriction> kept = present.Keys.Where(k => !gone.Contains(k)).Select(k =>
            wanted.TryGetValue(k, out AuthorisedIpRequest? range) && range.Description is { } text
                ? present.Find(k)! with { Description = text }
                : present.Find(k)!);
        IEnumerable<OvhIpRestriction> added = wanted.Values
            .Where(w => present.Find(w.Address) is null)
            .Select(w => new OvhIpRestriction(w.Address, w.Description ?? string.Empty));
        return new Entries([.. kept, .. added]);
    }
}
