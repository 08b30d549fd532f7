// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException AuditPathInvalid(string path) => new(
        "PgCloud.Audit.PathInvalid",
        PgErrorKind.InvalidArgument,
        path,
        $"The environment variable PGCLOUD_AUDIT has '{path}', which is no path from the root on; nothing was changed.",
        "Give the whole path: what it means must not hang on the directory one is in.");

    internal static PgCloudException AuditUnwritable(string path, string reason, Exception? inner) => new(
        "PgCloud.Audit.Unwritable",
        PgErrorKind.File,
        path,
        $"The audit trail '{path}' cannot be written to, so nothing was changed: {reason}",
        "Give another file with Connect-PgCloud -AuditPath or in PGCLOUD_AUDIT, or make this one writable.",
        inner);

    internal static PgCloudException AuditLineMissing(string path, string target, string reason, Exception? inner) => new(
        "PgCloud.Audit.LineMissing",
        PgErrorKind.File,
        target,
        $"What became of '{target}' could not be written to the audit trail '{path}', where it is missing now: {reason}",
        "The change itself is as reported. Make the file writable, and put down by hand what is missing there.",
        inner);
}
