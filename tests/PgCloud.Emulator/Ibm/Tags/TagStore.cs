// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;

namespace PgCloud.Emulator.Ibm.Tags;

/// <summary>Which tags are attached to what. Their names have no case (global tagging).</summary>
internal sealed class TagStore
{
    private readonly ConcurrentDictionary<(string Resource, string Tag), bool> _attached = new();

    internal IEnumerable<string> Names(string? resource) => _attached.Keys.Where(k => resource is null || k.Resource == resource)
        .Select(k => k.Tag).Distinct().Order(StringComparer.Ordinal);

    internal void Attach(string resource, string tag) => _attached[(resource, tag.ToLowerInvariant())] = true;

    internal void Detach(string resource, string tag) => _attached.TryRemove((resource, tag.ToLowerInvariant()), out _);
}
