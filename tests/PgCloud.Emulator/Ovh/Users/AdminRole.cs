// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Local;

namespace PgCloud.Emulator.Ovh.Users;

/// <summary>What every service has from the start: avnadmin without a password, defaultdb, and superusers nobody can log in as.</summary>
internal static class AdminRole
{
    internal const string Name = "avnadmin";

    internal const string Database = "defaultdb";

    private const string Memberships = "pg_monitor, pg_signal_backend, pg_read_all_data, pg_write_all_data";

    /// <summary>Turns a local instance into what OVHcloud gives. Each statement on its own: some may not be in a transaction.</summary>
    internal static IEnumerable<string> SetUp() =>
    [
        $"DROP DATABASE {LocalRoles.DefaultDatabase}",
        $"DROP ROLE {LocalRoles.Admin}, {LocalRoles.Writer}",
        "CREATE ROLE postgres SUPERUSER NOLOGIN",
        "CREATE ROLE _aiven SUPERUSER NOLOGIN",
        $"CREATE ROLE {Name} LOGIN CREATEDB CREATEROLE REPLICATION BYPASSRLS",
        $"GRANT {Memberships} TO {Name} WITH ADMIN OPTION",
        $"CREATE DATABASE {Database} OWNER {Name}",
    ];

    /// <summary>The schema public is not avnadmin's (OVHcloud's roadmap, issue 670).</summary>
    internal static IEnumerable<string> SetUpDefaultDatabase() => ["ALTER SCHEMA public OWNER TO postgres"];
}
