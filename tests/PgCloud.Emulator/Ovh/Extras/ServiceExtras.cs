// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Logs;

namespace PgCloud.Emulator.Ovh.Extras;

/// <summary>What a service has beside its server, users and databases.</summary>
internal sealed class ServiceExtras
{
    internal Shelf<Maintenance> Maintenances { get; } = new();

    internal Shelf<Integration> Integrations { get; } = new();

    internal Shelf<LogSubscription> Subscriptions { get; } = new();

    /// <summary>The advanced parameters that were set.</summary>
    internal ConcurrentDictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);
}
