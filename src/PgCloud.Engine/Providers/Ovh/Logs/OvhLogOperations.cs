// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Logs;

/// <summary>
///   Waits for operations of Logs Data Platform, by which subscriptions are made and removed
///   (terraform-provider-ovh, ovh/dbaas_logs_operation.go).
/// </summary>
internal sealed class OvhLogOperations(OvhProject project)
{
    /// <summary>How long at most; Terraform's provider waits as long.</summary>
    internal TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Waits for the end of one.</summary>
    /// <param name="begun">The operation, as the call that began it answered.</param>
    /// <param name="what">What it does, in words.</param>
    /// <param name="target">The user's value that it is about.</param>
    /// <param name="reporter">Hears what is done.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The id of the subscription; <see langword="null"/> where the API does not tell it.</returns>
    internal async Task<string?> WaitAsync(
        OvhLogOperation begun, string what, string target, IReporter reporter, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, what);
        string path = $"/dbaas/logs/{Uri.EscapeDataString(begun.ServiceName)}/operation/{Uri.EscapeDataString(begun.OperationId)}";
        (OvhLogOperation? seen, bool isOver) = await project.WaitAsync(
            () => project.Client.FindAsync<OvhLogOperation>(path, reporter, cancellation),
            o => o is { IsUnderWay: false },
            Timeout,
            cancellation);
        string state = seen?.State.ToString() ?? "unknown to the API";
        return !isOver ? throw PgErrors.LogOperationTimeout(what, target, begun.OperationId, state, Timeout)
            : seen!.State.Known == OvhLogOperationState.Success ? seen.SubscriptionId
            : throw PgErrors.LogOperationFailed(what, target, begun.OperationId, state);
    }
}

/// <summary>An operation: when it was begun its ids only (<c>dbaas.logs.LogSubscriptionResponse</c>), later how far it is.</summary>
internal sealed record OvhLogOperation
{
    public string OperationId { get; init; } = string.Empty;

    public string ServiceName { get; init; } = string.Empty;

    public string? SubscriptionId { get; init; }

    public OvhEnum<OvhLogOperationState> State { get; init; }

    /// <summary>Whether it is still to end. A word that is not known is an end, as it is for Terraform's provider.</summary>
    internal bool IsUnderWay => State.Known is OvhLogOperationState.Pending or OvhLogOperationState.Received
        or OvhLogOperationState.Started or OvhLogOperationState.Retry or OvhLogOperationState.Running;
}

/// <summary>How far an operation is.</summary>
internal enum OvhLogOperationState
{
    Failure,
    Pending,
    Received,
    Retry,
    Running,
    Started,
    Success,
}
