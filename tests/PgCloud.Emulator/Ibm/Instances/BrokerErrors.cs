// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ibm.Api;

namespace PgCloud.Emulator.Ibm.Instances;

/// <summary>What the service's broker refuses, as the resource controller passes it on (getting-started page).</summary>
internal static class BrokerErrors
{
    internal static IbmException Of(string reason) => new(
        400,
        "RC-ServiceBrokerErrorResponse",
        $"The broker for 'Databases for PostgreSQL' service returned error, [400, Bad Request] {reason}. "
        + "If this is unexpected, open a support ticket with the service to help troubleshoot the issue.");

    internal static IbmException Members(string given) => Of($"invalid members '{given}', allowed values: 2, 3");

    internal static IbmException Storage(string given) => Of($"invalid storage size '{given}', only integer values between 10 and 9600 are allowed");

    internal static IbmException Malformed() => Of("error parsing request, JSON is malformed");

    /// <summary>Made up after the documented ones: the sources say only that these are refused.</summary>
    internal static IbmException Value(string name, string? given, string allowed) => Of($"invalid {name} '{given}', allowed values: {allowed}");

    /// <summary>Made up: the page only tells of "a corresponding error message".</summary>
    internal static IbmException Unknown(string name) => Of($"unknown parameter '{name}'");

    internal static IbmException ShrinkingStorage(int from, int to) => Of($"storage size cannot be reduced from '{from}' to '{to}'");

    internal static IbmException ChangedVersion(string from, string to) => Of($"version cannot be changed from '{from}' to '{to}'");

    internal static IbmException BackupUnknown(string crn) => Of($"backup '{crn}' not found");
}
