// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ibm;

/// <summary>What provider IBM Cloud offers.</summary>
internal static class IbmFeatures
{
    internal static PgProvider Provider => new()
    {
        Name = PgProviderName.Ibm,
        Description = "IBM Cloud Databases for PostgreSQL, Gen 2.",
        Feature =
        [
            ProviderFeature.Offered("Resource groups", "Get-PgCloudProject; Connect-PgCloud -ResourceGroup by name or id"),
            ProviderFeature.Offered("Instance", "of the resource controller, by name, GUID or CRN; the plan standard-gen2"),
            ProviderFeature.Offered("Plans, flavors and regions", "Get-PgOffering; locations from the catalog, bounds from the documents"),
            ProviderFeature.Offered("Backups", "Get-PgBackup lists the independent ones; those that belong to an instance are in the console only, give their CRN to -FromBackup"),
            ProviderFeature.Offered("Restore", "New-PgInstance -FromBackup with the CRN of a Gen 2 backup: always into a new instance"),
            ProviderFeature.Offered("Removed instances", "Get-PgReclaimedInstance, Restore-PgInstance; Remove-PgInstance -Permanent"),
            ProviderFeature.Offered("Lock", "Lock-PgInstance, Unlock-PgInstance; Set-PgInstance -DeletionProtection is the same"),
            ProviderFeature.Offered("Authorised IP", "context-based restrictions: a zone and a rule of the module's own for each instance; IPv4 only"),
            ProviderFeature.Offered("Manager and writer users", "service credentials with the role Manager or Writer"),
            ProviderFeature.Offered("Password reset", "by SQL, for the service offers none: Reset-PgUserPassword; -Rotate makes a new credential"),
            ProviderFeature.Offered("Settings of PostgreSQL", "New- and Set-PgInstance -Configuration, checked against their bounds"),
            ProviderFeature.Offered("Tags", "New- and Set-PgInstance -Tag"),
            ProviderFeature.NotOffered("Start and stop", "an instance runs until it is removed"),
            ProviderFeature.NotOffered("A password of one's own", "by SQL for roles made by SQL: Set-PgRolePassword"),
            ProviderFeature.NotOffered("A newer version in place", "New-PgInstance -FromBackup makes an instance of the newest version"),
            ProviderFeature.NotOffered("Read replicas", "Gen 2 has none; its members take over from one another"),
            ProviderFeature.NotOffered("A backup on demand", "made in the console, or as a service instance of the plan for independent backups"),
            ProviderFeature.NotOffered("Point in time", "New-PgInstance -FromBackup restores a backup"),
            ProviderFeature.NotOffered("Connection pools", "pool in the application, or run PgBouncer beside it"),
            ProviderFeature.NotOffered("Databases by the API", "New-PgDatabase and Remove-PgDatabase make and drop them by SQL"),
            ProviderFeature.NotOffered("Logs and metrics by the API", "Cloud Logs and Monitoring receive them; Get-PgActivity shows what runs now"),
            ProviderFeature.NotOffered("Current queries by the API", "by SQL: Get-PgActivity, Stop-PgBackend"),
        ],
    };
}
