// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Local;

/// <summary>
///   The roles of a local instance, after the image of a managed service: a superuser that users never get, and two group roles. The
///   memberships are those that IBM Cloud Databases for PostgreSQL gives to ibm_admin and ibm_writer (Managing PostgreSQL users and roles,
///   Gen 2).
/// </summary>
internal static class LocalRoles
{
    /// <summary>What names of the provider's own roles begin with.</summary>
    internal const string Prefix = "pgcloud_";

    /// <summary>The superuser, used by the module from this machine only.</summary>
    internal const string Superuser = "pgcloud_superuser";

    /// <summary>The group of manager users.</summary>
    internal const string Admin = "pgcloud_admin";

    /// <summary>The group of all users made through the provider.</summary>
    internal const string Writer = "pgcloud_writer";

    /// <summary>The default database, owned by <see cref="Admin"/>.</summary>
    internal const string DefaultDatabase = "defaultdb";

    /// <summary>
    ///   The statements that make the group roles. The admin group may grant on what it has (ADMIN OPTION): from PostgreSQL 16 on CREATEROLE
    ///   alone no longer suffices for that, and a managed service's admin can grant pg_monitor.
    /// </summary>
    internal static IEnumerable<string> SetUp(int major)
    {
        IEnumerable<string> memberships = AdminMemberships.On(major);
        yield return $"CREATE ROLE {Admin} NOLOGIN";
        yield return $"CREATE ROLE {Writer} NOLOGIN";
        yield return $"GRANT {string.Join(", ", memberships)} TO {Admin} WITH ADMIN OPTION";
        yield return $"GRANT pg_read_all_data, pg_write_all_data TO {Writer}";
    }

    /// <summary>The statement that makes the default database; it cannot be part of a transaction.</summary>
    internal static string SetUpDatabase => $"CREATE DATABASE {DefaultDatabase} OWNER {Admin}";
}
