// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

/// <summary>What OVHcloud's API says about what it was asked for.</summary>
internal static partial class PgErrors
{
    private const string SeeOffering = "Get-PgOffering lists what can be had together.";

    internal static PgCloudException RequestRefused(ApiFault fault) => Api(
        "PgCloud.Cloud.RequestRefused",
        PgErrorKind.InvalidArgument,
        fault,
        "The API refused what was asked for",
        $"Correct what it names. Where it names nothing, its support finds the call by the {fault.IdName}.");

    internal static PgCloudException ApiObjectNotFound(ApiFault fault) => Api(
        "PgCloud.Cloud.NotFound",
        PgErrorKind.NotFound,
        fault,
        "The API does not know this object",
        "Read it again: it may have been removed. Directly after something was made, try again shortly.");

    internal static PgCloudException ProjectNotFound(ApiFault fault) => Api(
        "PgCloud.Cloud.ProjectNotFound",
        PgErrorKind.NotFound,
        fault,
        "The account has no such project",
        "Check the project's id of 32 hexadecimal digits, and that the account and the endpoint are those it belongs to.");

    internal static PgCloudException ApiConflict(ApiFault fault) => Api(
        "PgCloud.Cloud.Conflict",
        PgErrorKind.InvalidState,
        fault,
        "It cannot be done in the present state",
        "Read what is there now, then decide.");

    internal static PgCloudException ResourceExpired(ApiFault fault) => Api(
        "PgCloud.Cloud.Expired",
        PgErrorKind.InvalidState,
        fault,
        "The service has ended",
        "Renew it in the cloud's control panel.");

    internal static PgCloudException QuotaReached(ApiFault fault) => Api(
        "PgCloud.Cloud.QuotaReached",
        PgErrorKind.InvalidState,
        fault,
        "The quota of the project is used up",
        "Remove what is not needed, or ask for a higher quota in the cloud's control panel.");

    internal static PgCloudException NoUpdate(ApiFault fault) => Api(
        "PgCloud.Cloud.NoUpdate", PgErrorKind.InvalidOperation, fault, "There is nothing to change", "It is so already.");

    internal static PgCloudException NodesInvalid(ApiFault fault) => Api(
        "PgCloud.Cloud.NodesInvalid", PgErrorKind.InvalidArgument, fault, "The nodes are not allowed", SeeOffering);

    internal static PgCloudException DiskTooSmall(ApiFault fault) => Api(
        "PgCloud.Cloud.DiskTooSmall",
        PgErrorKind.InvalidArgument,
        fault,
        "The flavor's disk is smaller than the present one",
        "Choose a larger flavor; a disk cannot shrink.");

    internal static PgCloudException OfferNotFound(ApiFault fault) => Api(
        "PgCloud.Cloud.OfferNotFound",
        PgErrorKind.NotFound,
        fault,
        "Region, version, plan, flavor and nodes cannot be had together",
        SeeOffering);

    internal static PgCloudException RegionNotFound(ApiFault fault) => Api(
        "PgCloud.Cloud.RegionNotFound", PgErrorKind.NotFound, fault, "There is no such region", SeeOffering);

    internal static PgCloudException PlanNotFound(ApiFault fault) => Api(
        "PgCloud.Cloud.PlanNotFound", PgErrorKind.NotFound, fault, "There is no such plan", SeeOffering);

    internal static PgCloudException FlavorNotFound(ApiFault fault) => Api(
        "PgCloud.Cloud.FlavorNotFound", PgErrorKind.NotFound, fault, "There is no such flavor", SeeOffering);

    internal static PgCloudException VersionNotFound(ApiFault fault) => Api(
        "PgCloud.Cloud.VersionNotFound", PgErrorKind.NotFound, fault, "There is no such version", SeeOffering);

    internal static PgCloudException PlanChangeRefused(ApiFault fault) => Api(
        "PgCloud.Cloud.PlanChangeRefused", PgErrorKind.InvalidArgument, fault, "The plan cannot be changed to that one", SeeOffering);

    internal static PgCloudException BackupNotFound(ApiFault fault) => Api(
        "PgCloud.Cloud.BackupNotFound",
        PgErrorKind.NotFound,
        fault,
        "There is no such backup",
        "Backups end after the retention time of the plan; list them again.");

    internal static PgCloudException NodeNotFound(ApiFault fault) => Api(
        "PgCloud.Cloud.NodeNotFound", PgErrorKind.NotFound, fault, "There is no such node", "Nodes are replaced in maintenance; list them again.");

    internal static PgCloudException MetricNotFound(ApiFault fault) => Api(
        "PgCloud.Cloud.MetricNotFound", PgErrorKind.NotFound, fault, "There is no such metric", "List the names of the metrics.");

    internal static PgCloudException ApiInstanceNotFound(ApiFault fault) => Api(
        "PgCloud.Instance.NotFound", PgErrorKind.NotFound, fault, "The instance is not there", "Get-PgInstance lists the instances.");

    internal static PgCloudException ApiInstanceNotReady(ApiFault fault) => Api(
        "PgCloud.Instance.NotReady",
        PgErrorKind.InvalidState,
        fault,
        "The instance is not ready: something is under way",
        "Wait for it with Wait-PgInstance.");

    internal static PgCloudException ApiInstanceBusy(ApiFault fault) => Api(
        "PgCloud.Instance.Busy",
        PgErrorKind.Unavailable,
        fault,
        "Another change of the instance is under way",
        "Try again when it has ended; Wait-PgInstance waits for that.");

    internal static PgCloudException InstanceLocked(ApiFault fault) => Api(
        "PgCloud.Instance.Locked",
        PgErrorKind.InvalidState,
        fault,
        "The instance is locked: it can be read or removed only",
        "The cloud locks instances, for unpaid bills for example: see its control panel.");

    internal static PgCloudException InstanceProtected(ApiFault fault) => Api(
        "PgCloud.Instance.Protected",
        PgErrorKind.InvalidState,
        fault,
        "The instance is protected against removal",
        "If it is really to go, take the protection away first: Set-PgInstance <instance> -DeletionProtection $false.");

    internal static PgCloudException ApiAddressNotFound(ApiFault fault) => Api(
        "PgCloud.Network.AddressNotFound",
        PgErrorKind.NotFound,
        fault,
        "The range is not authorised",
        "Get-PgAuthorisedIp lists the ranges.");

    internal static PgCloudException ApiAddressInvalid(ApiFault fault) => Api(
        "PgCloud.Network.AddressInvalid",
        PgErrorKind.InvalidArgument,
        fault,
        "The range is not allowed",
        "Give an IPv4 address or range such as 203.0.113.7 or 203.0.113.0/24.");

    internal static PgCloudException AddressExists(ApiFault fault) => Api(
        "PgCloud.Network.AddressExists", PgErrorKind.Exists, fault, "The range is authorised already", "Get-PgAuthorisedIp lists the ranges.");

    internal static PgCloudException ApiUserNotFound(ApiFault fault) => Api(
        "PgCloud.User.NotFound", PgErrorKind.NotFound, fault, "The user is not there", "Get-PgCloudUser lists the users.");

    internal static PgCloudException UserExists(ApiFault fault) => Api(
        "PgCloud.User.Exists",
        PgErrorKind.Exists,
        fault,
        "A user of that name is there already",
        "Choose another name, or give that user a new password: Reset-PgUserPassword.");

    internal static PgCloudException UserNameInvalid(ApiFault fault) => Api(
        "PgCloud.User.NameInvalid",
        PgErrorKind.InvalidArgument,
        fault,
        "The user name is not allowed",
        "Use 3 to 32 letters, digits, '_', '-' and '.'; begin with a letter, a digit or '_'.");

    internal static PgCloudException UserRoleNotFound(ApiFault fault) => Api(
        "PgCloud.User.RoleNotFound",
        PgErrorKind.NotFound,
        fault,
        "The API cannot give this role",
        "The one role known is replication; grant others by SQL: Grant-PgRole.");
}
