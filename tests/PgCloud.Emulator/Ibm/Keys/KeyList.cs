// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Instances;

namespace PgCloud.Emulator.Ibm.Keys;

/// <summary>All keys, removed ones too.</summary>
internal sealed class KeyList
{
    private readonly ConcurrentDictionary<string, ResourceKey> _keys = new();
    private long _last;

    internal IEnumerable<ResourceKey> All => _keys.Values.OrderBy(k => k.Order);

    internal IEnumerable<ResourceKey> Of(Instance instance) => All.Where(k => k.Instance == instance && !k.IsGone);

    internal void Add(ResourceKey key)
    {
        key.Order = Interlocked.Increment(ref _last);
        _keys[key.Guid] = key;
    }

    /// <summary>Finds a key by guid or CRN, one that does not appear yet too.</summary>
    internal ResourceKey Get(string id)
    {
        string text = Uri.UnescapeDataString(id);
        return _keys.GetValueOrDefault(text) ?? _keys.Values.FirstOrDefault(k => k.Crn == text) ?? throw Missing(text);
    }

    /// <summary>The error for a key that is not there, or not there yet (terraform-provider-ibm, issue 6287).</summary>
    internal static IbmException Missing(string id) => new(404, "RC-DatabaseErrorResponse", $"The resource key cannot be found: {id}")
    {
        Details = "status_code=404 error=not_found reason=missing",
    };
}
