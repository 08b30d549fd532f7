// SPDX-License-Identifier: MIT

using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>
///   The API's error classes and what each is here. The HTTP status is no help: a duplicate address, a plan that cannot be changed and a wrong
///   number of nodes are all 404.
/// </summary>
internal static class OvhErrorTable
{
    /// <summary>The class of a change that changes nothing.</summary>
    internal const string NoUpdate = "Client::BadRequest::NoUpdate";

    private static readonly Dictionary<string, Func<ApiFault, PgCloudException>> ByClass = new(StringComparer.Ordinal)
    {
        ["Client::BadRequest::AtLeastOneNode"] = PgErrors.NodesInvalid,
        ["Client::BadRequest::FlavorDiskSizeTooLow"] = PgErrors.DiskTooSmall,
        [NoUpdate] = PgErrors.NoUpdate,
        ["Client::BadRequest::NodesFlavorMismatch"] = PgErrors.NodesInvalid,
        ["Client::BadRequest::NodesRegionMismatch"] = PgErrors.NodesInvalid,
        ["Client::BadRequest::NotEnoughNodes"] = PgErrors.NodesInvalid,
        ["Client::BadRequest::OnlyNodeListOrPattern"] = PgErrors.NodesInvalid,
        ["Client::BadRequest::TooManyNodes"] = PgErrors.NodesInvalid,
        ["Client::BadRequest::UserInvalidNameFormat"] = PgErrors.UserNameInvalid,
        ["Client::NotFound::AvailabilityDoesNotExistAnymore"] = PgErrors.OfferNotFound,
        ["Client::NotFound::AvailabilityNotFound"] = PgErrors.OfferNotFound,
        ["Client::NotFound::BackupNotFound"] = PgErrors.BackupNotFound,
        ["Client::NotFound::BillingNotFound"] = PgErrors.ApiObjectNotFound,
        ["Client::NotFound::EngineNameNotFound"] = PgErrors.OfferNotFound,
        ["Client::NotFound::FlavorNameNotFound"] = PgErrors.FlavorNotFound,
        ["Client::NotFound::InsertIpRestrictionsMultipleServices"] = PgErrors.RequestRefused,
        ["Client::NotFound::InvalidMetricName"] = PgErrors.MetricNotFound,
        ["Client::NotFound::InvalidNodeNumber"] = PgErrors.NodesInvalid,
        ["Client::NotFound::IpRestrictionAlreadyExists"] = PgErrors.AddressExists,
        ["Client::NotFound::IpRestrictionIDNotFound"] = PgErrors.ApiAddressNotFound,
        ["Client::NotFound::IpRestrictionInvalidFormat"] = PgErrors.ApiAddressInvalid,
        ["Client::NotFound::IpRestrictionNotFound"] = PgErrors.ApiAddressNotFound,
        ["Client::NotFound::NoMatchingAvailability"] = PgErrors.OfferNotFound,
        ["Client::NotFound::NodeNameNotFound"] = PgErrors.NodeNotFound,
        ["Client::NotFound::NodeNotFound"] = PgErrors.NodeNotFound,
        ["Client::NotFound::OrganizationNotFound"] = PgErrors.ApiObjectNotFound,
        ["Client::NotFound::PlanInvalidUpgrade"] = PgErrors.PlanChangeRefused,
        ["Client::NotFound::PlanNotFound"] = PgErrors.PlanNotFound,
        ["Client::NotFound::RegionNotFound"] = PgErrors.RegionNotFound,
        ["Client::NotFound::RoleNotFound"] = PgErrors.UserRoleNotFound,
        ["Client::NotFound::ServiceNotFound"] = PgErrors.ApiInstanceNotFound,
        ["Client::NotFound::SslCertificateNotFound"] = PgErrors.ApiObjectNotFound,
        ["Client::NotFound::UserNotFound"] = PgErrors.ApiUserNotFound,
        ["Client::NotFound::VersionNotFound"] = PgErrors.VersionNotFound,
        ["Client::Conflict::ServiceLocked"] = PgErrors.InstanceLocked,
        ["Client::Conflict::ServiceNotReady"] = PgErrors.ApiInstanceNotReady,
        ["Client::Conflict::ServiceOnlyOneModification"] = PgErrors.ApiInstanceBusy,

        // In no schema, but users have met them.
        ["Client::NotFound::NoMatchingCompute"] = PgErrors.OfferNotFound,
        ["Client::Conflict::PostgresUserAlreadyExist"] = PgErrors.UserExists,
    };

    /// <summary>The classes that are known, but for those that are about the credential.</summary>
    internal static IEnumerable<string> Classes => ByClass.Keys;

    internal static PgCloudException? Find(ApiFault fault) =>
        fault.Class is not null && ByClass.TryGetValue(fault.Class, out Func<ApiFault, PgCloudException>? factory) ? factory(fault) : null;
}
