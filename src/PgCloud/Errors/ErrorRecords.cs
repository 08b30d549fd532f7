// SPDX-License-Identifier: MIT

using System.Management.Automation;

namespace PgCloud.Errors;

/// <summary>The one place where a failure becomes an error record.</summary>
internal static class ErrorRecords
{
    internal static ErrorRecord ToErrorRecord(this PgCloudException exception) =>
        new(exception, exception.ErrorId, CategoryOf(exception.Kind), exception.Target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = exception.RecommendedAction ?? string.Empty },
        };

    internal static ErrorCategory CategoryOf(PgErrorKind kind) => kind switch
    {
        PgErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        PgErrorKind.InvalidState => ErrorCategory.InvalidOperation,
        PgErrorKind.InvalidOperation => ErrorCategory.InvalidOperation,
        PgErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        PgErrorKind.Exists => ErrorCategory.ResourceExists,
        PgErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
        PgErrorKind.Authentication => ErrorCategory.AuthenticationError,
        PgErrorKind.Unavailable => ErrorCategory.ResourceUnavailable,
        PgErrorKind.Connection => ErrorCategory.ConnectionError,
        PgErrorKind.Security => ErrorCategory.SecurityError,
        PgErrorKind.Timeout => ErrorCategory.OperationTimeout,
        PgErrorKind.NotSupported => ErrorCategory.NotImplemented,
        PgErrorKind.File => ErrorCategory.WriteError,
        PgErrorKind.NotInstalled => ErrorCategory.NotInstalled,
        _ => ErrorCategory.NotSpecified,
    };
}
