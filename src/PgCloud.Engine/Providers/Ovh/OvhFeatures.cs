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
            ProviderFeature.Offered("Instance", "the API's services; the name is the description, which is not unique there"),
            ProviderFeature.Offered("Plans, flavors and regions", "Get-PgOffering; checked before anything is ordered"),
            ProviderFeature.Offered("Restore", "New-PgInstance -FromInstance with -FromBackup or -PointInTime: always into a new instance"),
            ProviderFeature.Offered("Authorised IP", "ipRestrictions of the service, read back because the API has no lock; IPv4 only"),
            ProviderFeature.Offered("Manager and writer users", "users of the API, whose rights are given by SQL"),
            ProviderFeature.Offered("Password reset", "credentials/reset; the API makes the password and ends the user's connections"),
            ProviderFeature.Offered("Logs", "Get-PgLog: the last 1000 entries, with -Follow all that come; links and streams of Logs Data Platform"),
            ProviderFeature.Offered("Metrics", "Get-PgMetric by host, of the last hour to the last year; an access for Prometheus"),
            ProviderFeature.NotOffered("Start and stop", "an instance runs until it is removed; Remove-PgAuthorisedIp keeps everybody out"),
            ProviderFeature.NotOffered("A password of one's own", "by SQL for roles made by SQL: Set-PgRolePassword"),
            ProviderFeature.NotOffered("Databases by the API", "New-PgDatabase and Remove-PgDatabase make and drop them by SQL, with owner and encoding"),
            ProviderFeature.NotOffered("The deprecated ipRestriction routes", "their removal was announced for 2023-03-15; the service's own list replaces them"),
        ],
    };
}
