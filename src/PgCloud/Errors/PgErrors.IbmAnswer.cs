// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

/// <summary>What IBM Cloud's services say about what they were asked for.</summary>
internal static partial class PgErrors
{
    internal static PgCloudException ApiKeyInvalid(ApiFault fault) => Api(
        "PgCloud.Cloud.ApiKeyInvalid",
        PgErrorKind.Authentication,
        fault,
        "IBM Cloud does not know the API key",
        "Check it for missing characters and that it has not been removed; make a new one with 'ibmcloud iam api-key-create'.");

    internal static PgCloudException PasscodeInvalid(ApiFault fault) => Api(
        "PgCloud.Cloud.PasscodeInvalid",
        PgErrorKind.Authentication,
        fault,
        "IBM Cloud does not take the passcode, or no longer the sign-in that was made with it",
        "A passcode is good for one sign-in within a few minutes: get another one from https://iam.cloud.ibm.com/identity/passcode.");

    internal static PgCloudException IbmForbidden(ApiFault fault, string need) => Api(
        "PgCloud.Cloud.Forbidden",
        PgErrorKind.PermissionDenied,
        fault,
        $"The credential may not do this; it takes {need}",
        $"Have {need} granted in IAM. A context-based restriction that does not let this address in is answered like this, too.");

    internal static PgCloudException ChangedMeanwhile(ApiFault fault) => Api(
        "PgCloud.Cloud.ChangedMeanwhile",
        PgErrorKind.InvalidState,
        fault,
        "Somebody else has changed it since it was read; nothing was replaced",
        "Read it again, then make the change on what it is now.");

    internal static PgCloudException BrokerRefused(ApiFault fault) => Api(
        "PgCloud.Cloud.BrokerRefused",
        PgErrorKind.InvalidArgument,
        fault,
        "The database service refused it",
        "Correct what it names. Where it names nothing, IBM's support finds the call by the transaction id.");

    internal static PgCloudException BrokerFailed(ApiFault fault) => Api(
        "PgCloud.Cloud.BrokerFailed",
        PgErrorKind.Unavailable,
        fault,
        "The database service has failed at it",
        "Look at what is there now, and try again later. What can never succeed is sometimes answered like this, too: check the values.");

    internal static PgCloudException BrokerMembersInvalid(ApiFault fault) => Api(
        "PgCloud.Cloud.NodesInvalid", PgErrorKind.InvalidArgument, fault, "The number of members is not allowed", "Give a number that it names.");

    internal static PgCloudException BrokerStorageInvalid(ApiFault fault) => Api(
        "PgCloud.Cloud.DiskInvalid", PgErrorKind.InvalidArgument, fault, "The disk's size is not allowed", "Give a size within the bounds it names.");

    internal static PgCloudException IbmQuotaReached(ApiFault fault) => Api(
        "PgCloud.Cloud.QuotaReached",
        PgErrorKind.InvalidState,
        fault,
        "The account's quota is used up",
        "Remove what is not needed, or ask IBM's support for a higher quota.");

    internal static PgCloudException ResourceGroupUnknown(ApiFault fault) => Api(
        "PgCloud.Cloud.ResourceGroupNotFound",
        PgErrorKind.NotFound,
        fault,
        "There is no such resource group",
        "Get-PgCloudProject lists them; a group of another account is not found either.");

    internal static PgCloudException InstancePendingReclamation(ApiFault fault) => Api(
        "PgCloud.Instance.PendingReclamation",
        PgErrorKind.InvalidState,
        fault,
        "The instance has been removed and is kept for some days",
        "Have it back with Restore-PgInstance, or end it with Remove-PgInstance -Permanent.");

    internal static PgCloudException IbmInstanceLocked(ApiFault fault) => Api(
        "PgCloud.Instance.Locked",
        PgErrorKind.InvalidState,
        fault,
        "The instance is locked against changes and removal",
        "Take the lock away first, if that is really wanted: Unlock-PgInstance.");

    internal static PgCloudException ReclamationNotFound(ApiFault fault) => Api(
        "PgCloud.Instance.ReclamationNotFound",
        PgErrorKind.NotFound,
        fault,
        "There is no such removed instance",
        "It shows up some 20 seconds after the removal, and ends with the time in which an instance can be had back.");

    internal static PgCloudException ZoneNotFound(ApiFault fault) => Api(
        "PgCloud.Network.ZoneNotFound",
        PgErrorKind.NotFound,
        fault,
        "There is no such network zone",
        "Read it again: it may have been removed. Directly after it was made, try again shortly.");

    internal static PgCloudException ZoneExists(ApiFault fault) => Api(
        "PgCloud.Network.ZoneExists",
        PgErrorKind.Exists,
        fault,
        "A network zone of that name is there already",
        "Change that zone, or choose another name.");

    internal static PgCloudException RuleNotFound(ApiFault fault) => Api(
        "PgCloud.Network.RuleNotFound",
        PgErrorKind.NotFound,
        fault,
        "There is no such rule",
        "Read it again: it may have been removed. Directly after it was made, try again shortly.");

    internal static PgCloudException RestrictionNotOffered(ApiFault fault) => Api(
        "PgCloud.Network.RestrictionNotOffered",
        PgErrorKind.NotSupported,
        fault,
        "The service takes no context-based restrictions",
        "Reach the instance by its private endpoints only, and say in the network who may.");
}
