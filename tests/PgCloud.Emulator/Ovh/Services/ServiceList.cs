// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using PgCloud.Emulator.Ovh.Errors;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>All services of all projects.</summary>
internal sealed class ServiceList(EmulatorOptions options)
{
    private readonly ConcurrentDictionary<Guid, (long Order, Service Service)> _services = new();
    private long _last;

    internal IEnumerable<Service> Of(string project) => _services.Values.Where(s => s.Service.Project == project).OrderBy(s => s.Order).Select(s => s.Service);

    internal IEnumerable<Service> All => _services.Values.OrderBy(s => s.Order).Select(s => s.Service);

    internal Service? Find(Guid id) => _services.TryGetValue(id, out (long Order, Service Service) found) ? found.Service : null;

    internal Service? Find(string project, Guid id) => Find(id) is { } found && found.Project == project ? found : null;

    /// <summary>Adds one that counts against the project's quota.</summary>
    internal void AddWithinQuota(Service service)
    {
        lock (_services)
        {
            if (Of(service.Project).Count() >= options.Quota)
            {
                throw ApiErrors.QuotaReached(options.Quota);
            }

            Add(service);
        }
    }

    internal void Add(Service service) => _services[service.Id] = (Interlocked.Increment(ref _last), service);

    internal void Remove(Service service) => _services.TryRemove(service.Id, out _);
}
