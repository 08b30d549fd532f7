// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Instances;

namespace PgCloud.Engine.Providers.Ovh.Network;

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
