// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Errors;

namespace PgCloud.Emulator.Ovh.Logs;

/// <summary>/dbaas/logs: how far the operations on subscriptions are.</summary>
internal sealed class LogOperations(EmulatorClock clock)
{
    /// <summary>The customer's service of Logs Data Platform.</summary>
    internal const string LogService = "ldp-ab-12345";

    private readonly ConcurrentDictionary<Guid, (LogSubscription Subscription, DateTimeOffset Begun, Phase Phase)> _operations = new();

    internal void Map(IEndpointRouteBuilder routes) => routes.MapGet("/dbaas/logs/{serviceName}/operation/{operationId:guid}", (string serviceName, Guid operationId) =>
        serviceName == LogService && _operations.TryGetValue(operationId, out (LogSubscription Subscription, DateTimeOffset Begun, Phase Phase) found)
            ? new
            {
                createdAt = found.Begun,
                operationId,
                serviceName,
                state = found.Phase.IsOver ? "SUCCESS" : found.Phase.Passing,
                subscriptionId = found.Subscription.Id,
                updatedAt = EmulatorClock.Now,
            }
            : throw ApiErrors.ObjectNotFound("Operation", operationId));

    internal object Begin(LogSubscription subscription)
    {
        var id = Guid.NewGuid();
        _operations[id] = (subscription, EmulatorClock.Now, Phase.Of("RUNNING", clock, Durations.Appearance));
        return new { operationId = id, serviceName = LogService };
    }
}
