// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Local;

/// <summary>What provider Local offers.</summary>
internal static class LocalFeatures
{
    internal static PgProvider Provider => new()
    {
        Name = PgProviderName.Local,
        Description = "Real PostgreSQL servers on this machine: to rehearse a runbook, to develop and to test.",
        Feature =
        [
            Offered("Instance", "initdb and pg_ctl; checksums, SCRAM and TLS from the start"),
            Offered("Start and stop", "pg_ctl"),
            Offered("Authorised IP", "pg_hba.conf, over TLS only; by default nobody is let in"),
            Offered("Manager and writer users", "roles in the groups pgcloud_admin and pgcloud_writer; never superuser"),
            Offered("Password reset", "ALTER ROLE with a SCRAM verifier"),
            NotOffered("Backup and restore", "use pg_dump and pg_restore, or pg_basebackup"),
            NotOffered("Plans, flavors and regions", "the server has what this machine has"),
        ],
    };

    private static PgProviderFeature Offered(string name, string note) => new() { Name = name, IsOffered = true, Note = note };

    private static PgProviderFeature NotOffered(string name, string note) => new() { Name = name, IsOffered = false, Note = note };
}
