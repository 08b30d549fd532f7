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
            ProviderFeature.Offered("Instance", "initdb and pg_ctl; checksums, SCRAM and TLS from the start"),
            ProviderFeature.Offered("Start and stop", "pg_ctl"),
            ProviderFeature.Offered("Authorised IP", "pg_hba.conf, over TLS only; by default nobody is let in"),
            ProviderFeature.Offered("Manager and writer users", "roles in the groups pgcloud_admin and pgcloud_writer; never superuser"),
            ProviderFeature.Offered("Password reset", "ALTER ROLE with a SCRAM verifier"),
            ProviderFeature.Offered("Logs", "Get-PgLog: the server's log file"),
            ProviderFeature.NotOffered("Log kinds, links and subscriptions", "Get-PgLog -Follow goes on reading; pipe it to where the log is wanted"),
            ProviderFeature.NotOffered("Metrics and Prometheus", "Get-PgActivity, pg_stat_database by Invoke-PgQuery, or postgres_exporter beside the server"),
            ProviderFeature.NotOffered("Backup and restore", "use pg_dump and pg_restore, or pg_basebackup"),
            ProviderFeature.NotOffered("Plans, flavors and regions", "the server has what this machine has"),
        ],
    };
}
