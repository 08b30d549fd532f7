// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ibm.Api;

/// <summary>Where each service is; at IBM Cloud these are hosts. Resource manager has the host of the resource controller there too.</summary>
internal static class IbmPaths
{
    internal const string Iam = "/ibm/iam";

    internal const string ResourceController = "/ibm/resource-controller";

    internal const string GlobalCatalog = "/ibm/globalcatalog/api/v1";

    internal const string Tagging = "/ibm/tags";

    internal const string ContextBasedRestrictions = "/ibm/cbr";
}
