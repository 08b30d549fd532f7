// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using PgCloud.Emulator.Hosting;

namespace PgCloud.Emulator.Ibm.Reclamations;

/// <summary>The reclamations that are not over.</summary>
internal sealed class ReclamationList
{
    private readonly ConcurrentDictionary<string, Reclamation> _all = new();

    internal IEnumerable<Reclamation> Shown => _all.Values.Where(r => EmulatorClock.Now >= r.AppearsAt).OrderBy(r => r.CreatedAt);

    internal Reclamation? Find(string id) => Shown.FirstOrDefault(r => r.Id == id);

    internal void Add(Reclamation reclamation) => _all[reclamation.Id] = reclamation;

    internal void Remove(Reclamation reclamation) => _all.TryRemove(reclamation.Id, out _);
}
