// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException OfferingMismatch(
        string part, string value, IReadOnlyCollection<string> given, IEnumerable<string> fitting, bool isOfferedAtAll) => new(
        part switch
        {
            "region" when !isOfferedAtAll => "PgCloud.Cloud.RegionNotFound",
            "version" when !isOfferedAtAll => "PgCloud.Cloud.VersionNotFound",
            "plan" when !isOfferedAtAll => "PgCloud.Cloud.PlanNotFound",
            "flavor" when !isOfferedAtAll => "PgCloud.Cloud.FlavorNotFound",
            _ => "PgCloud.Cloud.OfferNotFound",
        },
        PgErrorKind.NotFound,
        value,
        isOfferedAtAll
            ? $"The {part} {Show(value)} cannot be had together with {string.Join(", ", given)}; there: {string.Join(", ", fitting)}."
            : $"There is no {part} {Show(value)}; there are: {string.Join(", ", fitting)}.",
        SeeOffering);

    internal static PgCloudException RegionMissing(IEnumerable<string> regions) => new(
        "PgCloud.Cloud.RegionMissing",
        PgErrorKind.InvalidArgument,
        null,
        $"Where the instance shall stand is not said; there are: {string.Join(", ", regions)}.",
        "Give one with -Region.");

    internal static PgCloudException NodeCountInvalid(int count, int least, int most, IReadOnlyCollection<string> given) => new(
        "PgCloud.Cloud.NodesInvalid",
        PgErrorKind.InvalidArgument,
        count,
        string.Create(CultureInfo.InvariantCulture, $"{count} nodes cannot be had{With(given)}; allowed: {Range(least, most)}."),
        SeeOffering);

    internal static PgCloudException DiskSizeInvalid(long size, long least, long most, long step, IReadOnlyCollection<string> given) => new(
        "PgCloud.Cloud.DiskInvalid",
        PgErrorKind.InvalidArgument,
        size,
        string.Create(
            CultureInfo.InvariantCulture,
            $"A disk of {size} GB cannot be had{With(given)}; allowed: {Range(least, most)} GB{(step > 0 ? $" in steps of {step} GB" : string.Empty)}."),
        SeeOffering);

    internal static PgCloudException DiskCannotShrink(long size, long present) => new(
        "PgCloud.Cloud.DiskTooSmall",
        PgErrorKind.InvalidArgument,
        size,
        string.Create(CultureInfo.InvariantCulture, $"A disk of {size} GB is smaller than the present one of {present} GB, and a disk cannot shrink."),
        "Restore into a smaller instance with dump and restore, if need be.");

    internal static PgCloudException VersionOlder(string version, string present) => new(
        "PgCloud.Cloud.VersionOlder",
        PgErrorKind.InvalidArgument,
        version,
        $"PostgreSQL {Show(version)} is older than {present}, which the instance runs; a version can only become newer.",
        "For an older one make a new instance, and take the data over with pg_dump and pg_restore.");

    internal static PgCloudException MoveRefused(string part, string value, string? present, IReadOnlyCollection<string> reachable)
    {
        string message = $"The {part} of this instance is {present} and cannot become {Show(value)}; it can become: {List(reachable)}. Nothing was changed.";
        string action = $"To have {Show(value)} make a new instance, and take the data over with pg_dump and pg_restore.";
        return part switch
        {
            "plan" => new("PgCloud.Cloud.PlanChangeRefused", PgErrorKind.InvalidArgument, value, message, action),
            "flavor" => new("PgCloud.Cloud.FlavorChangeRefused", PgErrorKind.InvalidArgument, value, message, action),
            _ => new("PgCloud.Cloud.VersionChangeRefused", PgErrorKind.InvalidArgument, value, message, action),
        };
    }

    internal static PgCloudException FlavorNeeded(string plan, string? flavor, IReadOnlyCollection<string> offered) => new(
        "PgCloud.Cloud.FlavorNeeded",
        PgErrorKind.InvalidArgument,
        plan,
        $"The plan {Show(plan)} has no machines {flavor}, which the instance runs on; it has: {List(offered)}. Nothing was changed.",
        $"Give one of them with the plan: -Plan {plan} -Flavor {offered.FirstOrDefault() ?? "<flavor>"}.");

    internal static PgCloudException FlavorTooSmall(string flavor, long most, long present, IReadOnlyCollection<string> fitting) => new(
        "PgCloud.Cloud.DiskTooSmall",
        PgErrorKind.InvalidArgument,
        flavor,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The flavor {Show(flavor)} has a disk of at most {most} GB, and the instance has {present} GB, which cannot shrink; large enough: {List(fitting)}. Nothing was changed."),
        SeeOffering);

    private static string List(IReadOnlyCollection<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);

    private static string With(IReadOnlyCollection<string> given) => given.Count == 0 ? string.Empty : $" with {string.Join(", ", given)}";

    private static string Range(long least, long most) =>
        least == most ? least.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
}
