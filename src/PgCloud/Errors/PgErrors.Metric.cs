// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException MetricNotFound(string name, string instance, IEnumerable<string> names) => new(
        "PgCloud.Cloud.MetricNotFound",
        PgErrorKind.NotFound,
        name,
        $"The instance '{instance}' has no metric {Show(name)}. There are: {OrNone(names)}.",
        $"Get-PgMetric '{instance}' -Extended lists the names; they are compared exactly.");

    internal static PgCloudException PrometheusDisabled(string instance) => new(
        "PgCloud.Metric.PrometheusDisabled",
        PgErrorKind.InvalidState,
        instance,
        $"The instance '{instance}' serves no metrics to Prometheus, so there is no password to be made.",
        $"Have it serve them first: Set-PgInstance '{instance}' -Prometheus $true -Wait.");

    internal static PgCloudException PrometheusPasswordNotTold(string instance) => new(
        "PgCloud.Metric.PasswordNotTold",
        PgErrorKind.Unavailable,
        instance,
        $"The cloud did not tell the new password for Prometheus of '{instance}'.",
        $"Have another made: Reset-PgPrometheusCredential '{instance}'.");
}
