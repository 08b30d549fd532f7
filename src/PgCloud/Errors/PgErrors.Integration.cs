// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException IntegrationNotFound(string id, string instance) => new(
        "PgCloud.Integration.NotFound",
        PgErrorKind.NotFound,
        id,
        $"The instance '{instance}' has no integration with the id {Show(id)}.",
        $"Get-PgIntegration '{instance}' lists them.");

    internal static PgCloudException IntegrationDiffers(PgIntegration present, string instance) => new(
        "PgCloud.Integration.Differs",
        PgErrorKind.Exists,
        present.Id,
        $"The instance '{instance}' has the integration {present.Type} between these two already, with other parameters: "
        + $"{(present.Parameter.Count == 0 ? "none" : string.Join(", ", present.Parameter.Select(p => $"{p.Key}={p.Value}")))}.",
        $"Integrations cannot be changed: Remove-PgIntegration '{instance}' {present.Id}, then make it again.");

    internal static PgCloudException IntegrationNotSettled(string id, string instance, string status, TimeSpan waited) => new(
        "PgCloud.Integration.WaitTimeout",
        PgErrorKind.Timeout,
        id,
        string.Create(CultureInfo.InvariantCulture, $"After {waited.TotalMinutes:0} minutes the integration {id} of '{instance}' is still {status}."),
        $"Only the waiting ended: Get-PgIntegration '{instance}' shows how it is.");

    internal static PgCloudException IntegrationEndMissing(string instance) => new(
        "PgCloud.Integration.EndMissing",
        PgErrorKind.InvalidArgument,
        instance,
        $"With which service the instance '{instance}' is to be linked is not said.",
        "Give -DestinationInstance, where its data goes to, or -SourceInstance, where data comes from; Get-PgIntegration -Available says which engine.");

    internal static PgCloudException IntegrationEndsInvalid(string source, string destination, string instance) => new(
        "PgCloud.Integration.EndsInvalid",
        PgErrorKind.InvalidArgument,
        destination,
        $"An integration of the instance '{instance}' cannot lead from {Show(source)} to {Show(destination)}.",
        "One of the two is the instance itself, the other one another service; leave out the one that is the instance.");

    internal static PgCloudException ServiceNotFound(string name) => new(
        "PgCloud.Integration.ServiceNotFound",
        PgErrorKind.NotFound,
        name,
        $"The project has no service named {Show(name)}, of whatever engine.",
        "Give its name as the cloud's control panel shows it, or its id. Names are compared exactly.");

    internal static PgCloudException ServiceAmbiguous(string name, IEnumerable<string> matching) => new(
        "PgCloud.Integration.ServiceAmbiguous",
        PgErrorKind.InvalidArgument,
        name,
        $"Several services are named {Show(name)}: {string.Join(", ", matching)}.",
        "Give the id.");
}
