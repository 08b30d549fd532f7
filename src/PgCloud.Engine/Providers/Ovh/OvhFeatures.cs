// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ovh;

/// <summary>What provider OVHcloud offers.</summary>
internal static class OvhFeatures
{
    internal static PgProvider Provider => new()
    {
        Name = PgProviderName.Ovh,
        Description = "OVHcloud Public Cloud Databases for PostgreSQL.",
        Feature =
        [
            ProviderFeature.Offered("Projects", "Get-PgCloudProject; Connect-PgCloud -Project by name or id"),
            ProviderFeature.Offered("Instance", "the API's services; the name is the description, which is not unique there"),
            ProviderFeature.Offered("Plans, flavors and regions", "Get-PgOffering; checked before anything is ordered"),
            ProviderFeature.Offered("Engine guard", "only PostgreSQL's own routes are called: a service of another engine is neither found nor changed; an older version is refused"),
            ProviderFeature.Offered("Backups", "Get-PgBackup; made every day and kept as long as the plan says, in one or two regions"),
            ProviderFeature.Offered("Restore", "New-PgInstance -FromInstance with -FromBackup or -PointInTime: always into a new instance"),
            ProviderFeature.Offered("Authorised IP", "ipRestrictions of the service, read back because the API has no lock; IPv4 only"),
            ProviderFeature.Offered("Manager and writer users", "users of the API, whose rights are given by SQL"),
            ProviderFeature.Offered("Password reset", "credentials/reset; the API makes the password and ends the user's connections"),
            ProviderFeature.Offered("Databases by the API", "Get-, New- and Remove-PgCloudDatabase, without an SQL login; owner and encoding by SQL: New-PgDatabase"),
            ProviderFeature.Offered("Connection pools", "Get-, New-, Set- and Remove-PgConnectionPool; Get-PgConnection -Pool connects through one"),
            ProviderFeature.Offered("Maintenance", "Get-PgMaintenance; Start-PgMaintenance applies it before its time"),
            ProviderFeature.Offered("Nodes", "Get-PgNode; their number follows from the plan"),
            ProviderFeature.Offered("Advanced configuration", "Set-PgConfiguration; checked against the bounds, and not to be reset once set"),
            ProviderFeature.Offered("Writes on a full disk", "Enable-PgInstanceWrite: 15 minutes to make space"),
            ProviderFeature.NotOffered("A backup on demand", "backups are made every day and continuously for -PointInTime; pg_dump makes one's own"),
            ProviderFeature.Offered("Current queries", "currentQueries and its cancel: no database user and no authorised address is needed"),
            ProviderFeature.Offered("Query statistics", "queryStatistics and its reset, likewise"),
            ProviderFeature.Offered("Integrations", "integration of the service; Get-PgIntegration -Available lists the kinds"),
            ProviderFeature.Offered("Logs", "Get-PgLog: the last 1000 entries, with -Follow all that come; links and streams of Logs Data Platform"),
            ProviderFeature.Offered("Metrics", "Get-PgMetric by host, of the last hour to the last year; an access for Prometheus"),
            ProviderFeature.NotOffered("Removed instances", "Get-PgBackup and New-PgInstance -FromInstance restore one that is there"),
            ProviderFeature.NotOffered("Lock", "Set-PgInstance -DeletionProtection"),
            ProviderFeature.NotOffered("Start and stop", "an instance runs until it is removed; Remove-PgAuthorisedIp keeps everybody out"),
            ProviderFeature.NotOffered("A password of one's own", "by SQL for roles made by SQL: Set-PgRolePassword"),
            ProviderFeature.NotOffered("The deprecated ipRestriction routes", "their removal was announced for 2023-03-15; the service's own list replaces them"),
        ],
    };
}
