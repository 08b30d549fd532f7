// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using PgCloud.Emulator.Ibm.Api;

namespace PgCloud.Emulator.Ibm.Instances;

/// <summary>PATCH, lock and unlock, and the end of an operation before its time.</summary>
internal sealed class InstanceUpdate(InstanceWork work)
{
    internal void Update(Instance instance, JsonObject body)
    {
        lock (instance.Sync)
        {
            Readiness.Check(instance);
            string name = body.Text("name") is { } given ? InstanceName.Check(given) : instance.Name;
            if (body.Text("resource_plan_id") is { } plan && plan != instance.Plan.Id)
            {
                throw new IbmException(400, "bad_request", "The plan cannot be changed");
            }

            JsonObject? changes = body.Object("parameters")?.DeepClone().AsObject();
            bool? isOnetime = changes?.Flag("onetime_credentials");
            changes?.Remove("onetime_credentials");
            InstanceSpec spec = instance.Backup is null ? InstanceParameters.Read(changes, instance.Spec) : instance.Spec;
            if (spec.Backup != instance.Spec.Backup)
            {
                throw BrokerErrors.Unknown("restore_backup_id");
            }

            instance.Name = name;
            instance.AllowCleanup = body.Flag("allow_cleanup") ?? instance.AllowCleanup;
            instance.OnetimeCredentials = isOnetime ?? instance.OnetimeCredentials;
            if (changes is null or { Count: 0 })
            {
                instance.SetOperation("update", LastOperation.Succeeded, "Update completed successfully", isAsync: false);
                return;
            }

            Merge(instance.Parameters, changes);
            instance.SetOperation("update", LastOperation.InProgress, "Update in progress");
            work.Begin(instance, IbmDurations.Update, _ => Task.CompletedTask, () =>
            {
                instance.Spec = spec;
                instance.SetOperation("update", LastOperation.Succeeded, "Update completed successfully");
            });
        }
    }

    internal static void SetLock(Instance instance, bool isLocked)
    {
        lock (instance.Sync)
        {
            Readiness.CheckPresent(instance);
            Readiness.CheckIdle(instance);
            instance.Locked = isLocked;
            instance.SetOperation(isLocked ? "lock" : "unlock", LastOperation.Succeeded, isLocked ? "Locked" : "Unlocked", isAsync: false);
        }
    }

    internal static void Cancel(Instance instance)
    {
        lock (instance.Sync)
        {
            if (!instance.IsBusy)
            {
                throw new IbmException(422, "bad_request", "The instance is not cancelable.");
            }

            // What becomes of it is not in the sources.
            InstanceWork.Fail(instance, instance.LastOperation.Type, "The operation was cancelled");
        }
    }

    private static void Merge(JsonObject into, JsonObject changes)
    {
        foreach ((string name, JsonNode? value) in changes)
        {
            if (value is JsonObject part && into[name] is JsonObject there)
            {
                Merge(there, part);
            }
            else
            {
                into[name] = value?.DeepClone();
            }
        }
    }
}
