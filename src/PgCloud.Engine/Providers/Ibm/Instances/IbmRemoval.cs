// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Engine.Providers.Ibm.Network;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Instances;

/// <summary>Removes an instance. For some days it can be had back, unless it is to go for good.</summary>
internal sealed class IbmRemoval(IbmAccount account, PgInstance instance, IReporter reporter)
{
    /// <summary>The reclamation shows up after about 20 seconds (the SDK's own test of it).</summary>
    internal static readonly TimeSpan ReclamationTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Removes it.</summary>
    internal async Task<PgInstance> RunAsync(InstanceRemoval removal, CancellationToken cancellation)
    {
        if (instance.Status == PgInstanceStatus.Removing)
        {
            reporter.Step($"The instance {instance.Name} is being removed already", TimeSpan.Zero);
        }
        else
        {
            await DeleteAsync(removal, cancellation);
        }

        if (removal.IsPermanent)
        {
            await new IbmAccess(account, instance, reporter).ForgetAsync(cancellation);
            await ReclaimAsync(cancellation);
        }
        else if (instance.Status is PgInstanceStatus.Creating or PgInstanceStatus.Failed && await IsGoneAsync(cancellation))
        {
            // One that was never there is not kept, and nobody will have use for its restrictions.
            await new IbmAccess(account, instance, reporter).ForgetAsync(cancellation);
        }

        return instance.Became(PgInstanceStatus.Removing);
    }

    private async Task DeleteAsync(InstanceRemoval removal, CancellationToken cancellation)
    {
        if (!removal.IsRecursive)
        {
            IReadOnlyList<IbmKey> keys = await account.Keys.ListOfAsync(instance.Id, reporter, cancellation);
            string[] users = [.. keys.Where(k => k.State.Known != IbmKeyState.Removed).Select(k => k.Name)];
            if (users.Length > 0)
            {
                throw PgErrors.InstanceHasDependants(instance.Name, users);
            }
        }

        using var step = new StepTimer(reporter, $"Remove the instance {instance.Name}");
        try
        {
            await account.Instances.DeleteAsync(instance.Id, removal.IsRecursive, reporter, cancellation);
        }
        catch (PgCloudException exception) when (exception.Kind is PgErrorKind.InvalidState or PgErrorKind.Unavailable)
        {
            // It was there before: an attempt whose answer was lost has removed it, or another has.
            if (exception.ErrorId != IbmErrorIds.PendingReclamation && !await IsGoingAsync(cancellation))
            {
                throw;
            }

            reporter.Step($"The instance {instance.Name} is removed already", TimeSpan.Zero);
        }
    }

    private async Task<bool> IsGoingAsync(CancellationToken cancellation) =>
        await account.Instances.FindAsync(instance.Id, reporter, cancellation) is null
            or { State.Known: IbmInstanceState.PendingRemoval or IbmInstanceState.PendingReclamation or IbmInstanceState.Removed };

    private async Task ReclaimAsync(CancellationToken cancellation)
    {
        // Some are gone at once; then there is nothing to have back either.
        ((IReadOnlyList<IbmReclamation> found, bool isGone), _) = await Polling.UntilAsync(
            account.Pace, () => LookAsync(cancellation), seen => seen.IsGone || seen.Found.Count > 0, ReclamationTimeout, cancellation);
        if (found.Count == 0)
        {
            if (isGone)
            {
                return;
            }

            throw PgErrors.ReclamationMissing(instance.Name);
        }

        await account.Reclamations.ReclaimAsync(found[0], "Remove-PgInstance -Permanent", reporter, cancellation);
    }

    private async Task<(IReadOnlyList<IbmReclamation> Found, bool IsGone)> LookAsync(CancellationToken cancellation)
    {
        IReadOnlyList<IbmReclamation> found = await account.Reclamations.ListAsync(instance.Id, reporter, cancellation);
        return (found, found.Count == 0 && await IsGoneAsync(cancellation));
    }

    private async Task<bool> IsGoneAsync(CancellationToken cancellation) =>
        await account.Instances.FindAsync(instance.Id, reporter, cancellation) is null or { State.Known: IbmInstanceState.Removed };
}
