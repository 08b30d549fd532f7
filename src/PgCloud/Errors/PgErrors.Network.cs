// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException AddressInvalid(string text, bool isIPv4Only = false) => new(
        "PgCloud.Network.AddressInvalid",
        PgErrorKind.InvalidArgument,
        text,
        $"{Show(text)} is not an address or a range of addresses.",
        isIPv4Only
            ? "Give an IPv4 address, alone or with a prefix length, or a range by its ends: 203.0.113.7, 203.0.113.0/24, 203.0.113.8-203.0.113.20."
            : "Give an IPv4 or IPv6 address, alone or with a prefix length: 203.0.113.7, 203.0.113.0/24 (0 to 32), 2001:db8::/32 (0 to 128).");

    internal static PgCloudException AddressFamilyUnsupported(string text) => new(
        "PgCloud.Network.AddressInvalid",
        PgErrorKind.InvalidArgument,
        text,
        $"{Show(text)} is an IPv6 address or range; OVHcloud restricts its databases by IPv4 only.",
        "Give the IPv4 address from which this host reaches the internet, such as 203.0.113.7 or 203.0.113.0/24.");

    internal static PgCloudException AddressesMissing(string instance) => new(
        "PgCloud.Network.AddressesMissing",
        PgErrorKind.InvalidArgument,
        instance,
        $"What was piped in has no address for '{instance}'. Its list is as before.",
        $"To let nobody in, say so: Set-PgAuthorisedIp '{instance}' -Address @().");

    internal static PgCloudException AccessContended(string instance, int repairs) => new(
        "PgCloud.Network.AccessContended",
        PgErrorKind.Unavailable,
        instance,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Others change the authorised addresses of '{instance}' all the time: this change was made and undone {repairs} times."),
        "Find out who writes the whole list (a Terraform run, an operator of Kubernetes), then run the cmdlet again.");

    internal static PgCloudException AddressNotFound(string range, string instance) => new(
        "PgCloud.Network.AddressNotFound",
        PgErrorKind.NotFound,
        range,
        $"The range {range} is not authorised on '{instance}'.",
        $"Get-PgAuthorisedIp '{instance}' lists the ranges that are; a range is found by itself, not by an address within it.");

    internal static PgCloudException DescriptionInvalid(string description, int longest = 200) => new(
        "PgCloud.Network.DescriptionInvalid",
        PgErrorKind.InvalidArgument,
        description,
        $"The description {Show(description)} is not allowed.",
        $"Use at most {longest} characters on one line, without control characters.");

    internal static PgCloudException RuleFileDamaged(string path, string reason) => new(
        "PgCloud.Network.RuleFileDamaged",
        PgErrorKind.InvalidState,
        path,
        $"The file '{path}' cannot be changed safely: {reason}",
        "Put the two marker lines of the PgCloud block back, each once and in order, or remove both.");

    internal static PgCloudException RuleFileRefused(string path, string reason) => new(
        "PgCloud.Network.RuleFileRefused",
        PgErrorKind.InvalidState,
        path,
        $"The server did not take the changed file '{path}': {reason}. The file was put back as it was.",
        "Mend the line that the server names, then try again.");
}
