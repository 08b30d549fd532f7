// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException BackendNotFound(int processId, string target, bool isReused) => new(
        "PgCloud.Activity.BackendNotFound",
        PgErrorKind.NotFound,
        processId,
        isReused
            ? $"The session with process id {processId} at {target} has ended; another one has that process id now, and was left alone."
            : $"There is no session with process id {processId} at {target}.",
        "Get-PgActivity lists the sessions as they are now.");

    internal static PgCloudException BackendIsOwn(int processId) => new(
        "PgCloud.Activity.OwnSession",
        PgErrorKind.InvalidOperation,
        processId,
        $"The process id {processId} is that of the very session that was to stop it.",
        "A cmdlet's own session ends with the cmdlet.");

    internal static PgCloudException BackendNotEnded(int processId, string target, TimeSpan after) => new(
        "PgCloud.Activity.NotEnded",
        PgErrorKind.Timeout,
        processId,
        FormattableString.Invariant($"The session with process id {processId} at {target} was told to end, and was still there after {after.TotalSeconds:0.#} s."),
        "It ends as soon as it can; look again with Get-PgActivity, or wait longer with -TimeoutSec. The server's own processes do not end.");

    internal static PgCloudException QueryNotStopped(PgCurrentQuery query, string instance) => new(
        "PgCloud.Activity.NotStopped",
        PgErrorKind.InvalidState,
        query.ProcessId,
        $"The server of '{instance}' did not stop process {query.ProcessId} of '{query.User}', which goes on.",
        "A session of the cloud's own users cannot be stopped. Otherwise try again, with -Terminate if need be.");
}
