// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using PgCloud.Emulator.Ibm.Api;

namespace PgCloud.Emulator.Ibm.Instances;

/// <summary>All instances, removed ones too, and backups that only restoring knows of.</summary>
internal sealed class InstanceList
{
    private readonly ConcurrentDictionary<string, Instance> _instances = new();
    private readonly ConcurrentDictionary<string, Backup> _coupled = new();
    private long _last;

    internal IEnumerable<Instance> All => _instances.Values.OrderBy(i => i.Order);

    internal void Add(Instance instance)
    {
        instance.Order = Interlocked.Increment(ref _last);
        _instances[instance.Guid] = instance;
    }

    /// <summary>Finds it by guid or CRN.</summary>
    internal Instance? Find(string id)
    {
        string text = Uri.UnescapeDataString(id);
        return text.StartsWith("crn:", StringComparison.Ordinal)
            ? _instances.Values.FirstOrDefault(i => i.Crn == text)
            : _instances.GetValueOrDefault(text);
    }

    // The text is modelled on that for keys.
    internal Instance Get(string id) => Find(id)
        ?? throw new IbmException(404, "RC-DatabaseErrorResponse", $"The resource instance cannot be found: {Uri.UnescapeDataString(id)}")
        {
            Details = "status_code=404 error=not_found reason=missing",
        };

    /// <summary>A backup that belongs to its instance: the console makes it, and no call lists it.</summary>
    internal string AddCoupled(Instance source, Backup backup)
    {
        string crn = Crn.Of(source.Plan.Service, source.Region, source.Account, source.Guid, "backup", Guid.NewGuid().ToString());
        _coupled[crn] = backup;
        return crn;
    }

    internal Backup? FindBackup(string crn) => _coupled.GetValueOrDefault(crn) ?? Find(crn)?.Backup;
}
