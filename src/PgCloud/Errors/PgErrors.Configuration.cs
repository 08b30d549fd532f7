// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException ConfigurationNameNotFound(string name, string instance, IEnumerable<string> names) => new(
        "PgCloud.Configuration.NameNotFound",
        PgErrorKind.NotFound,
        name,
        $"There is no parameter {Show(name)} that can be set on '{instance}'{(NearNames.Find(name, names) is { Count: > 0 } near ? $"; near it: {string.Join(", ", near)}." : ".")}",
        $"Get-PgConfiguration '{instance}' -All lists them.");

    internal static PgCloudException ConfigurationValueMissing(string name) => new(
        "PgCloud.Configuration.ValueMissing",
        PgErrorKind.InvalidArgument,
        name,
        $"No value is given for {Show(name)}.",
        "Give one with -Value. A parameter cannot be unset.");

    internal static PgCloudException ConfigurationValueInvalid(string name, object value, string allowed) => new(
        "PgCloud.Configuration.ValueInvalid",
        PgErrorKind.InvalidArgument,
        value,
        $"{name} cannot be {Show(Convert.ToString(value, CultureInfo.InvariantCulture)!)}; allowed: {allowed}.",
        "Give a value that is allowed. Nothing was set.");
}
