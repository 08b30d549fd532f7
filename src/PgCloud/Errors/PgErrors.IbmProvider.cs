// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Errors;

/// <summary>What provider IBM Cloud refuses before it calls anything, and what it finds out itself.</summary>
internal static partial class PgErrors
{
    internal static PgCloudException ServiceUnknown(string name, IEnumerable<string> names) => new(
        "PgCloud.Cloud.EndpointInvalid",
        PgErrorKind.InvalidArgument,
        name,
        $"There is no service {Show(name)} to give a URL for; there are: {string.Join(", ", names)}.",
        "Give -ServiceUrl a hashtable whose keys are among them.");

    internal static PgCloudException IbmInstanceNameInvalid(string name, int longest) => new(
        "PgCloud.Instance.NameInvalid",
        PgErrorKind.InvalidArgument,
        name,
        $"{Show(name)} is not allowed as the name of an instance.",
        $"Use 1 to {longest} letters, digits, spaces and - . _ : characters, without a space at either end.");

    internal static PgCloudException InstanceNameReclaimable(string name, string id, DateTimeOffset? until) => new(
        "PgCloud.Instance.NameReclaimable",
        PgErrorKind.Exists,
        name,
        $"An instance named {Show(name)} ({id}) was removed and is kept{(until is { } at ? $" until {at.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture)}" : " for some days")}.",
        $"Have it back with Restore-PgInstance '{name}', or end it with Remove-PgInstance '{name}' -Permanent; or choose another name.");

    internal static PgCloudException HostFlavorUnknown(string flavor, IEnumerable<string> known) => new(
        "PgCloud.Cloud.FlavorNotFound",
        PgErrorKind.NotFound,
        flavor,
        $"There is no host flavor {Show(flavor)}; there are: {string.Join(", ", known)}.",
        "Give one of them; one that is newer than this list goes as -Parameter @{ host_flavor = '…' }.");

    internal static PgCloudException CrnInvalid(string text, string parameter) => new(
        "PgCloud.Cloud.CrnInvalid",
        PgErrorKind.InvalidArgument,
        text,
        $"{parameter} takes a CRN, which begins with crn:, and not {Show(text)}.",
        "Copy the CRN from the console or the command line.");

    internal static PgCloudException ServiceEndpointInvalid(string endpoint) => new(
        "PgCloud.Cloud.ServiceEndpointInvalid",
        PgErrorKind.InvalidArgument,
        endpoint,
        $"{Show(endpoint)} is no service endpoint of Gen 2, which offers private only.",
        "Give private, or nothing.");

    internal static PgCloudException ParametersInvalid(string place) => new(
        "PgCloud.Cloud.ParametersInvalid",
        PgErrorKind.InvalidArgument,
        null,
        $"-Parameter is no JSON object: {place}.",
        "Give a hashtable, JSON such as '{\"storage_gb\":40}', or the path of a file with JSON.");

    internal static PgCloudException ServiceParameterUnknown(
        string name, string place, IReadOnlyList<string> near, IEnumerable<string> known) => new(
        "PgCloud.Cloud.ParameterUnknown",
        PgErrorKind.InvalidArgument,
        name,
        $"IBM Cloud has no parameter {Show(name)}{(place.Length == 0 ? string.Empty : $" in {place}")}; is {string.Join(" or ", near)} meant? "
        + $"There are: {string.Join(", ", known)}. Nothing was changed.",
        "Correct the name in -Parameter.");

    internal static PgCloudException VersionFixed(string wanted, string present) => new(
        "PgCloud.Cloud.VersionFixed",
        PgErrorKind.NotSupported,
        wanted,
        $"The version of an instance cannot be changed; it is {present}, not {wanted}.",
        "Restore a backup into a new instance, which has the newest version: New-PgInstance -FromBackup.");

    internal static PgCloudException InstanceHasDependants(string instance, IReadOnlyCollection<string> users) => new(
        "PgCloud.Instance.HasDependants",
        PgErrorKind.InvalidState,
        instance,
        $"'{instance}' has {(users.Count == 1 ? "a service credential" : $"{users.Count} service credentials")}: {string.Join(", ", users)}. Nothing was removed.",
        "Remove them first, with Remove-PgCloudUser, or all at once with Remove-PgInstance -Recurse.");

    internal static PgCloudException ReclamationMissing(string instance) => new(
        "PgCloud.Instance.ReclamationMissing",
        PgErrorKind.Timeout,
        instance,
        $"'{instance}' was removed, but is not among the removed instances yet, so it could not be ended for good.",
        $"Try again shortly: Get-PgReclaimedInstance '{instance}' | Remove-PgInstance -Permanent.");

    internal static PgCloudException ReclaimedInstanceNotFound(string name) => new(
        "PgCloud.Instance.ReclamationNotFound",
        PgErrorKind.NotFound,
        name,
        $"There is no removed instance {Show(name)} that could be had back.",
        "Get-PgReclaimedInstance lists them. One shows up some 20 seconds after its removal, and is kept for some days.");

    internal static PgCloudException ServiceCredentialNameInvalid(string name, int longest) => new(
        "PgCloud.User.NameInvalid",
        PgErrorKind.InvalidArgument,
        name,
        $"{Show(name)} is not allowed as the name of a service credential.",
        $"Use 1 to {longest} characters without control characters.");

    internal static PgCloudException UserAmbiguous(string name, string instance, IReadOnlyCollection<string> ids) => new(
        "PgCloud.User.Ambiguous",
        PgErrorKind.InvalidArgument,
        name,
        $"'{instance}' has several service credentials named {Show(name)}: {string.Join(", ", ids)}.",
        "Give the id of the one that is meant.");

    internal static PgCloudException CredentialRedacted(string name, string instance, string id) => new(
        "PgCloud.User.CredentialRedacted",
        PgErrorKind.PermissionDenied,
        name,
        $"The service credential {Show(name)} ({id}) of '{instance}' is there, but IBM Cloud does not show its password to this credential.",
        "Read it with a credential that has the key's own role or more: Get-PgCloudUser; or remove it: Remove-PgCloudUser.");

    internal static PgCloudException AddressFamilyIgnored(string address) => new(
        "PgCloud.Network.AddressInvalid",
        PgErrorKind.InvalidArgument,
        address,
        $"{Show(address)} is an IPv6 range; in restrictions for databases IBM Cloud ignores those, so that nobody would be let in by it.",
        "Give an IPv4 address or range.");

    internal static PgCloudException ReportModeNotOffered() => new(
        "PgCloud.Network.ReportModeNotOffered",
        PgErrorKind.NotSupported,
        "Report",
        "Report-only is not available for Databases for PostgreSQL.",
        "Give Enabled or Disabled.");

    internal static PgCloudException TooManyAddresses(int count, int most) => new(
        "PgCloud.Network.TooManyAddresses",
        PgErrorKind.InvalidArgument,
        count,
        FormattableString.Invariant($"{count} ranges are more than the {most} that a network zone holds. Nothing was changed."),
        "Join neighbouring addresses into ranges.");

    internal static PgCloudException AddressForeign(string address, string zone) => new(
        "PgCloud.Network.AddressForeign",
        PgErrorKind.InvalidState,
        address,
        $"{Show(address)} stands in {zone}, which the module has not made and leaves alone.",
        "Change that zone where it was made.");

    internal static PgCloudException StoredPasswordOutdated(string role, string instance, PgCloudException inner) => new(
        "PgCloud.User.StoredPasswordOutdated",
        PgErrorKind.Authentication,
        role,
        $"The password that the service credential of '{role}' shows is not its password any more, so '{instance}' cannot be logged in to with it. {inner.Message}",
        "Give an -AdminCredential who may set it, or the user's own present one; or make a new credential: Remove-PgCloudUser, New-PgManagerUser.",
        inner);

    internal static PgCloudException RotationNeedsAdmin(string name, string role) => new(
        "PgCloud.User.AdminMissing",
        PgErrorKind.Authentication,
        name,
        $"'{role}' owns objects, and handing them over takes a role that '{role}' may not make. Nothing was made.",
        "Give the credential of a manager user as -AdminCredential.");

    internal static PgCloudException RotationBound(string name, string role, IReadOnlyCollection<string> roles) => new(
        "PgCloud.User.RotationBound",
        PgErrorKind.InvalidState,
        name,
        $"Only '{role}' may grant {(roles.Count == 1 ? "a role" : "roles")} that it has made or granted, {string.Join(", ", roles)}: from PostgreSQL 16 on "
            + "these memberships would end with it, and whoever takes its place could not grant them again. Nothing was made.",
        "Set a new password for it instead, with Reset-PgUserPassword and without -Rotate.");

    internal static PgCloudException RotationIncomplete(string name, string oldId, string newId, PgCloudException inner) => new(
        "PgCloud.User.RotationIncomplete",
        PgErrorKind.InvalidState,
        name,
        $"The new service credential {newId} of '{name}' is there, and the old one, {oldId}, still is, for the rotation did not come to its end. {inner.Message}",
        "Both work: Get-PgCloudUser shows them. Mend the cause, remove one by its id with Remove-PgCloudUser, the new one unless all is handed over, "
            + "and rotate again.",
        inner);

    internal static PgCloudException IbmSettingUnknown(string name, IEnumerable<string> known) => new(
        "PgCloud.Configuration.NameNotFound",
        PgErrorKind.NotFound,
        name,
        $"IBM Cloud takes no setting {Show(name)}; it takes: {string.Join(", ", known.Order(StringComparer.Ordinal))}.",
        "Give one of them; others can be set for a role or a database by SQL: Set-PgRole -Setting.");
}
