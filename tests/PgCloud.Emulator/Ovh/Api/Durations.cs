// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ovh.Api;

/// <summary>How long things take at OVHcloud: recorded where a record is known, else of that order.</summary>
internal static class Durations
{
    internal static readonly TimeSpan ServiceCreation = TimeSpan.FromMinutes(10);

    internal static readonly TimeSpan ServiceUpdate = TimeSpan.FromMinutes(2);

    internal static readonly TimeSpan ServiceDeletion = TimeSpan.FromSeconds(30);

    internal static readonly TimeSpan SettingsUpdate = TimeSpan.FromSeconds(20);

    internal static readonly TimeSpan Maintenance = TimeSpan.FromMinutes(5);

    internal static readonly TimeSpan UserChange = TimeSpan.FromSeconds(11);

    internal static readonly TimeSpan UserDeletion = TimeSpan.FromSeconds(5);

    /// <summary>How long after its creation a database, pool or integration is not found yet, and after its deletion still is.</summary>
    internal static readonly TimeSpan Appearance = TimeSpan.FromSeconds(3);
}
