// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Groups;
using PgCloud.Emulator.Ibm.Keys;

namespace PgCloud.Emulator.Ibm.Instances;

/// <summary>An instance as the resource controller tells it (API page, active instance).</summary>
internal static class InstanceView
{
    internal static object Of(Instance instance)
    {
        lock (instance.Sync)
        {
            var view = new Dictionary<string, object?>
            {
                ["id"] = instance.Crn,
                ["guid"] = instance.Guid,
                ["url"] = Url(instance),
                ["created_at"] = IbmTime.Fine(instance.CreatedAt),
                ["updated_at"] = IbmTime.Fine(instance.UpdatedAt ?? instance.CreatedAt),
                ["deleted_at"] = IbmTime.Fine(instance.DeletedAt),
                ["created_by"] = instance.Creator,
                ["updated_by"] = string.Empty,
                ["deleted_by"] = instance.DeletedBy,
                ["scheduled_reclaim_at"] = IbmTime.Fine(instance.ScheduledReclaimAt),
                ["restored_at"] = IbmTime.Fine(instance.RestoredAt),
                ["scheduled_reclaim_by"] = instance.ScheduledReclaimAt is null ? string.Empty : instance.DeletedBy,
                ["restored_by"] = instance.RestoredBy,
                ["name"] = instance.Name,
                ["region_id"] = instance.Region,
                ["account_id"] = instance.Account,
                ["reseller_channel_id"] = string.Empty,
                ["resource_plan_id"] = instance.Plan.Id,
                ["resource_group_id"] = instance.ResourceGroup,
                ["resource_group_crn"] = GroupList.CrnOf(instance.Account, instance.ResourceGroup),
                ["target_crn"] = instance.Plan.DeploymentCrn(instance.Region),
                ["parameters"] = instance.Parameters.DeepClone(),
                ["allow_cleanup"] = instance.AllowCleanup,
                ["crn"] = instance.Crn,
                ["state"] = instance.State,
                ["type"] = "service_instance",
                ["sub_type"] = "Public",
                ["resource_id"] = instance.Plan.Service,
                ["dashboard_url"] = null,
                ["last_operation"] = instance.LastOperation.View(),
                ["resource_keys_url"] = Url(instance) + "/resource_keys",
                ["plan_history"] = new[]
                {
                    new { resource_plan_id = instance.Plan.Id, start_date = IbmTime.Fine(instance.CreatedAt), requestor_id = instance.Creator },
                },
                ["migrated"] = false,
                ["controlled_by"] = string.Empty,
                ["locked"] = instance.Locked,
                ["onetime_credentials"] = instance.OnetimeCredentials,
            };
            if (instance.State == "active")
            {
                view["extensions"] = Extensions(instance);
            }

            return view;
        }
    }

    private static string Url(Instance instance) => "/v2/resource_instances/" + instance.Guid;

    private static object Extensions(Instance instance) => instance.Backup is { } backup
        ? new { dataservices = new { backup = backup.View() } }
        : new
        {
            dataservices = new Dictionary<string, object>
            {
                ["$schema"] = new { version = "1.0.0" },
                ["connection"] = Connection.OfInstance(ServerEndpoint.Of(instance)),
                ["postgresql"] = new
                {
                    configuration = instance.Spec.Configuration.DeepClone(),
                    cpu_count = instance.Spec.CpuCount,
                    host_flavor = instance.Spec.HostFlavor,
                    members = instance.Spec.Members,
                    memory_gb = instance.Spec.MemoryGb,
                    storage_gb = instance.Spec.StorageGb,
                    version = instance.Spec.Version,
                },
            },
            virtual_private_endpoints = new
            {
                dns_domain = $"{instance.Guid}.private.uhp.postgresql.{instance.Region}.dataservices.appdomain.cloud",
                dns_hosts = new[] { string.Empty, "*" },
                endpoints = Enumerable.Range(1, 3).Select(n => new { ip_address = $"10.51.{215 + (2 * n)}.{10 + (7 * n)}", zone = $"{instance.Region}-{n}" }),
                origin_type = "vpc",
                ports = new[] { new { port_max = 5432, port_min = 5432 } },
            },
        };
}
