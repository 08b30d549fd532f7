// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers;

/// <summary>
///   The predefined roles that an admin-like user of a managed service is a member of; those that IBM Cloud Databases for PostgreSQL gives to
///   ibm_admin (Managing PostgreSQL users and roles, Gen 2).
/// </summary>
internal static class AdminMemberships
{
    private static readonly (string Role, int SinceMajor)[] All =
    [
        ("pg_read_all_data", 14),
        ("pg_write_all_data", 14),
        ("pg_monitor", 10),
        ("pg_read_all_settings", 10),
        ("pg_read_all_stats", 10),
        ("pg_stat_scan_tables", 10),
        ("pg_signal_backend", 10),
        ("pg_checkpoint", 15),
        ("pg_create_subscription", 16),
    ];

    /// <summary>Those that a version has.</summary>
    internal static IEnumerable<string> On(int major) => All.Where(m => m.SinceMajor <= major).Select(m => m.Role);
}
