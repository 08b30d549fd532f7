// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ibm.Api;

namespace PgCloud.Engine.Providers.Ibm.Instances;

/// <summary>The resource controller's states in the module's words.</summary>
internal static class IbmStates
{
    /// <summary>The state. An instance that is changed stays active there; what is being done with it shows in its last operation.</summary>
    internal static PgInstanceStatus ToStatus(IbmInstance instance) => instance.State.Known switch
    {
        IbmInstanceState.Active when IsBusy(instance) => PgInstanceStatus.Updating,
        IbmInstanceState.Active => PgInstanceStatus.Ready,
        IbmInstanceState.Provisioning or IbmInstanceState.PreProvisioning => PgInstanceStatus.Creating,
        IbmInstanceState.Failed => PgInstanceStatus.Failed,
        IbmInstanceState.Inactive => PgInstanceStatus.Stopped,
        IbmInstanceState.PendingRemoval or IbmInstanceState.PendingReclamation or IbmInstanceState.Removed => PgInstanceStatus.Removing,
        _ => PgInstanceStatus.Unknown,
    };

    /// <summary>What the state alone does not say.</summary>
    internal static string ToDetail(IbmInstance instance) => instance.LastOperation is { } last
            && (last.State.Known == IbmOperationState.Failed || IsBusy(instance) || ToStatus(instance) != PgInstanceStatus.Ready)
        ? $"{LastOperation(instance)}{(string.IsNullOrEmpty(last.Description) ? string.Empty : $": {last.Description}")}"
        : instance.State.Known is IbmInstanceState.Active ? string.Empty : instance.State.ToString();

    /// <summary>As the command line shows it, such as <c>create succeeded</c>.</summary>
    internal static string LastOperation(IbmInstance instance) =>
        instance.LastOperation is { } last ? $"{last.Type} {last.State}".Trim() : string.Empty;

    /// <summary>Whether it is there: neither removed nor waiting to be.</summary>
    internal static bool IsThere(IbmInstance instance) =>
        instance.State.Known is not (IbmInstanceState.Removed or IbmInstanceState.PendingReclamation);

    private static bool IsBusy(IbmInstance instance) =>
        instance.LastOperation is { State.Known: IbmOperationState.InProgress, Type: not ("lock" or "unlock") };
}
