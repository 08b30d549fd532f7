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
            ProviderFeature.NotOffered("Change of an instance", "make another, New-PgInstance, and carry the data over with pg_dump and pg_restore"),
            ProviderFeature.NotOffered("Removed instances", "what is removed is gone at once; keep a pg_dump of what may be wanted again"),
            ProviderFeature.NotOffered("Lock", "Remove-PgInstance asks first, unless -Confirm:$false is given"),
            ProviderFeature.NotOffered("Projects", "its instances stand in one directory: Connect-PgCloud -StateDirectory"),
            ProviderFeature.NotOffered("Log kinds, links and subscriptions", "Get-PgLog -Follow goes on reading; pipe it to where the log is wanted"),
            ProviderFeature.NotOffered("Metrics and Prometheus", "Get-PgActivity, pg_stat_database by Invoke-PgQuery, or postgres_exporter beside the server"),
            ProviderFeature.NotOffered("Backup and restore", "use pg_dump and pg_restore, or pg_basebackup"),
            ProviderFeature.NotOffered("Databases by the API", "New-PgDatabase and Remove-PgDatabase make and drop them by SQL"),
            ProviderFeature.NotOffered("Connection pools", "a connection leads to the server itself; put a pooler such as PgBouncer before it"),
            ProviderFeature.NotOffered("Maintenance", "the server programs are this machine's own and are updated with its software"),
            ProviderFeature.NotOffered("Nodes", "the instance is one server on this machine"),
            ProviderFeature.NotOffered("Advanced configuration", "Set-PgRole -Setting for the sessions of a role, postgresql.conf for the server"),
            ProviderFeature.NotOffered("Writes on a full disk", "the server is not made read-only: free some space on the disk"),
            ProviderFeature.NotOffered("Plans, flavors and regions", "the server has what this machine has"),
            ProviderFeature.NotOffered("Current queries", "by SQL: Get-PgActivity and Stop-PgBackend"),
            ProviderFeature.NotOffered("Query statistics", "by SQL: Invoke-PgQuery and the extension pg_stat_statements"),
            ProviderFeature.NotOffered("Integrations", "there is no other service to link to"),
        ],
    };
}
