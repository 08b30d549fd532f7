// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException ProjectUnknown(string wanted, IReadOnlyCollection<PgCloudProject> all) => new(
        "PgCloud.Cloud.ProjectNotFound",
        PgErrorKind.NotFound,
        wanted,
        $"The account has no project named {Show(wanted)}; it has: {(all.Count == 0 ? "none" : string.Join(", ", all))}.",
        "Give the project's name exactly, or its id of 32 hexadecimal digits.");

    internal static PgCloudException ProjectIdUnknown(string id, PgCloudException inner) => new(
        "PgCloud.Cloud.ProjectNotFound",
        PgErrorKind.NotFound,
        id,
        $"The account has no project with the id {Show(id)}. {inner.Message}",
        "Check the id, and that the credential and the endpoint are those of the account it belongs to.",
        inner)
    {
        ApiClass = inner.ApiClass,
        QueryId = inner.QueryId,
    };

    internal static PgCloudException ProjectNone() => new(
        "PgCloud.Cloud.ProjectNotFound",
        PgErrorKind.NotFound,
        null,
        "The account has no Public Cloud project, or the credential may see none.",
        "Make one in the cloud's control panel, or give its id with -Project.");

    internal static PgCloudException ProjectAmbiguous(string? wanted, IReadOnlyCollection<PgCloudProject> matching) => new(
        "PgCloud.Cloud.ProjectAmbiguous",
        PgErrorKind.InvalidArgument,
        wanted,
        wanted is null
            ? $"The account has several projects: {string.Join(", ", matching)}."
            : $"The account has several projects named {Show(wanted)}: {string.Join(", ", matching)}.",
        wanted is null ? "Say which with -Project, by name or id, or in the variable OVH_CLOUD_PROJECT_SERVICE." : "Give the id with -Project.");
}
