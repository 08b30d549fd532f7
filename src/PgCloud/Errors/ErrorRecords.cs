// SPDX-License-Identifier: MIT

using System.Management.Automation;

namespace PgCloud.Errors;

/// <summary>The one place where a failure becomes an error record.</summary>
internal static class ErrorRecords
{
    /// <param name="exception">The failure.</param>
    /// <param name="subject">What the cmdlet worked on: what a call of an API was about is known to the cmdlet only.</param>
    internal static ErrorRecord ToErrorRecord(this PgCloudException exception, object? subject = null)
    {
        if (exception.ApiCall is { } call)
        {
            exception.Target ??= subject ?? call;
        }

        return new ErrorRecord(exception, exception.ErrorId, CategoryOf(exception.Kind), exception.Target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = exception.RecommendedAction ?? string.Empty },
        };
    }

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
