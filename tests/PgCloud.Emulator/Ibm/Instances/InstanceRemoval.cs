// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Control;
using PgCloud.Emulator.Ibm.Keys;
using PgCloud.Emulator.Ibm.Reclamations;

namespace PgCloud.Emulator.Ibm.Instances;

/// <summary>Deletes instances, and restores or reclaims them.</summary>
internal sealed class InstanceRemoval(InstanceWork work, KeyList keys, ReclamationList reclamations, Quirks quirks)
{
    internal void Delete(Instance instance, bool isRecursive, string by)
    {
        lock (instance.Sync)
        {
            Readiness.CheckPresent(instance);
            Readiness.CheckLock(instance);
            ResourceKey[] its = [.. keys.Of(instance)];
            if (its.Length > 0 && !isRecursive)
            {
                // The text is made up.
                throw new IbmException(400, "bad_request", "The instance has keys or aliases. Delete them first, or delete recursively.");
            }

            foreach (ResourceKey key in its)
            {
                key.DeletedAt = EmulatorClock.Now;
                key.DeletedBy = by;
            }

            instance.DeletedAt = EmulatorClock.Now;
            instance.DeletedBy = by;
            if (instance.State != "active" || instance.Backup is not null)
            {
                // There is nothing yet to give back.
                Remove(instance);
                return;
            }

            string[] users = [.. its.Where(k => !k.IsExisting).Select(k => k.User)];
            if (quirks.Removal == TimeSpan.Zero)
            {
                Keep(instance, users, by);
                return;
            }

            instance.State = "pending_removal";
            instance.SetOperation("delete", LastOperation.InProgress, "Deprovision in progress");
            work.Later(quirks.Removal, _ =>
            {
                lock (instance.Sync)
                {
                    Keep(instance, users, by);
                }

                return Task.CompletedTask;
            });
        }
    }

    // For some days it can be had back.
    private void Keep(Instance instance, string[] users, string by)
    {
        // However fast the clock is: who looks at once for what he removed finds it.
        TimeSpan kept = work.Clock.AtLeast(IbmDurations.SoftDeletion, TimeSpan.FromMinutes(5));
        instance.State = "pending_reclamation";
        instance.SetOperation("delete", LastOperation.Succeeded, "Deprovision completed successfully");
        var reclamation = new Reclamation
        {
            Instance = instance,
            AppearsAt = work.Clock.After(IbmDurations.ReclamationAppearance),
            Target = work.Clock.After(kept),
            Creator = by,
        };
        instance.ScheduledReclaimAt = reclamation.Target;
        reclamations.Add(reclamation);
        work.Suspend(instance, users);
        work.Later(kept, _ =>
        {
            End(reclamation, "SCHEDULED");
            return Task.CompletedTask;
        });
    }

    internal Reclamation Act(Reclamation reclamation, string action, string by)
    {
        Instance instance = reclamation.Instance;
        lock (instance.Sync)
        {
            // Made up: what these get is not in the sources.
            if (action is not ("restore" or "reclaim"))
            {
                throw new IbmException(400, "bad_request", $"The action '{action}' is not one of restore, reclaim");
            }

            if (reclamation.State != "SCHEDULED")
            {
                throw new IbmException(409, "conflict", $"The reclamation is {reclamation.State}");
            }

            reclamation.UpdatedAt = EmulatorClock.Now;
            reclamation.UpdatedBy = by;
            if (action == "restore")
            {
                reclamation.State = "RESTORING";
                instance.SetOperation("reclamation", LastOperation.InProgress, "Restore in progress");
                work.Begin(instance, IbmDurations.Restoration, cancellation => work.ResumeAsync(instance, cancellation), () => Restore(reclamation, by));
            }
            else
            {
                reclamation.State = "RECLAIMING";
                instance.SetOperation("reclamation", LastOperation.InProgress, "Reclaim in progress");
                work.Later(IbmDurations.Reclaiming, _ =>
                {
                    End(reclamation, "RECLAIMING");
                    return Task.CompletedTask;
                });
            }

            return reclamation;
        }
    }

    /// <summary>Ends an instance, in its lock.</summary>
    internal void Remove(Instance instance)
    {
        instance.State = "removed";
        instance.SetOperation("delete", LastOperation.Succeeded, "Deprovision completed successfully");
        work.RemoveServer(instance);
    }

    private void End(Reclamation reclamation, string state)
    {
        lock (reclamation.Instance.Sync)
        {
            if (reclamation.State == state)
            {
                reclamations.Remove(reclamation);
                Remove(reclamation.Instance);
            }
        }
    }

    private void Restore(Reclamation reclamation, string by)
    {
        Instance instance = reclamation.Instance;
        reclamations.Remove(reclamation);
        instance.State = "active";
        instance.DeletedAt = null;
        instance.DeletedBy = string.Empty;
        instance.ScheduledReclaimAt = null;
        instance.RestoredAt = EmulatorClock.Now;
        instance.RestoredBy = by;
        instance.SetOperation("reclamation", LastOperation.Succeeded, "Restore completed successfully");
    }
}
