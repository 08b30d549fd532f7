// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Catalog;
using PgCloud.Emulator.Ibm.Control;
using PgCloud.Emulator.Ibm.Groups;
using PgCloud.Emulator.Ibm.Iam;
using PgCloud.Emulator.Ibm.Keys;
using PgCloud.Emulator.Ibm.Tags;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ibm.Instances;

/// <summary>Makes instances: databases, and independent backups of them.</summary>
internal sealed class InstanceCreation(
    InstanceList instances, InstanceWork work, GroupList groups, TagStore tags, IamAccount account, Quirks quirks, EmulatorOptions options)
{
    internal Instance Create(JsonObject body, string creator, bool isLocked)
    {
        string name = InstanceName.Check(body.Needed("name"));
        string target = body.Needed("target");
        string group = body.Needed("resource_group");
        Plan plan = FindPlan(body.Needed("resource_plan_id"));
        // Made up, as are the next two.
        string region = plan.RegionOf(target)
            ?? throw new IbmException(400, "bad_request", $"The plan {plan.Id} cannot be had in '{target}': {string.Join(", ", Plan.Regions)}");
        if (groups.Find(group) is null)
        {
            throw new IbmException(400, "bad_request", $"The resource group '{group}' cannot be found");
        }

        int count = instances.All.Count(i => i.State is "active" or "provisioning");
        if (quirks.InstanceQuota > 0 && count >= quirks.InstanceQuota)
        {
            throw new IbmException(400, "bad_request", $"The account has {count} instances and has reached its limit of {quirks.InstanceQuota}");
        }

        JsonObject parameters = body.Object("parameters")?.DeepClone().AsObject() ?? [];
        Backup? backup = plan == Plan.Backups ? ReadBackup(parameters) : null;
        InstanceSpec spec = backup is null ? InstanceParameters.Read(parameters, null) : backup.Source;
        Backup? source = backup is null && spec.Backup is { } crn ? FindBackup(crn) : null;
        bool isOnetime = parameters.Flag("onetime_credentials") ?? false;
        parameters.Remove("onetime_credentials");
        var instance = new Instance
        {
            Account = account.Id,
            Plan = plan,
            Region = region,
            ResourceGroup = group,
            Name = name,
            Creator = creator,
            Parameters = parameters,
            Spec = spec,
            Backup = backup,
            AllowCleanup = body.Flag("allow_cleanup") ?? false,
            OnetimeCredentials = isOnetime,
            Locked = isLocked,
        };
        foreach (string tag in body.Texts("tags"))
        {
            tags.Attach(instance.Crn, tag);
        }

        instances.Add(instance);
        work.Later(IbmDurations.Creation / 10, _ =>
        {
            lock (instance.Sync)
            {
                if (instance is { State: "provisioning", IsBusy: true })
                {
                    instance.SetOperation("create", LastOperation.InProgress, "Provision in progress");
                }
            }

            return Task.CompletedTask;
        });
        work.Begin(
            instance,
            backup is null ? IbmDurations.Creation : IbmDurations.Backup,
            cancellation => backup is null ? BuildAsync(instance, source, cancellation) : SnapshotAsync(backup, cancellation),
            () => Complete(instance));
        return instance;
    }

    /// <summary>Adds an instance that has no server, for tests that need many.</summary>
    internal Instance Seed(string name, string region, string group, string state)
    {
        var instance = new Instance
        {
            Account = account.Id,
            Plan = Plan.PostgresGen2,
            Region = region,
            ResourceGroup = group,
            Name = name,
            Creator = account.Owner.IamId,
            State = state,
            Parameters = JsonNode.Parse("""{"dataservices":{"postgresql":{"host_flavor":"bx3d.4x20","members":2,"storage_gb":10,"version":"18"}}}""")!.AsObject(),
        };
        Complete(instance);
        instance.State = state;
        instances.Add(instance);
        return instance;
    }

    /// <summary>Copies the data of an instance.</summary>
    internal async Task SnapshotAsync(Backup backup, CancellationToken cancellation)
    {
        if (instances.Find(backup.SourceCrn)?.Server is { } server)
        {
            backup.Snapshot = await work.Factory.SnapshotAsync(Guid.NewGuid().ToString("N"), server, cancellation);
        }
    }

    private static void Complete(Instance instance)
    {
        instance.State = "active";
        instance.SetOperation("create", LastOperation.Succeeded, "Provision completed successfully");
    }

    private static Plan FindPlan(string id) => id == Plan.PostgresGen1.Id
        ? throw new IbmException(400, "bad_request", "Only instances of Gen 2 can be made here")
        : Plan.All.FirstOrDefault(p => p.Id == id) ?? throw new IbmException(400, "bad_request", $"The plan '{id}' cannot be found");

    private async Task BuildAsync(Instance instance, Backup? source, CancellationToken cancellation)
    {
        // "If the service authorization is not present … the provision fails" (Key Protect integration, Gen 2).
        if (instance.Spec.DiskKey is not null && quirks.RefuseDiskKeys)
        {
            throw new InvalidOperationException("The service is not authorized to use the key");
        }

        if (!options.Servers)
        {
            return;
        }

        string name = "ibm-" + instance.Guid;
        ServiceServer server = source?.Snapshot is { } snapshot
            ? await work.Factory.RestoreAsync(name, snapshot, cancellation)
            : await work.Factory.CreateAsync(IbmServer.Instance, name, instance.Spec.Version, cancellation);
        bool isWanted;
        lock (instance.Sync)
        {
            isWanted = instance.State == "provisioning";
            instance.Server = server;
        }

        if (isWanted)
        {
            await ReadyAsync(instance, server, cancellation);
        }
        else
        {
            work.RemoveServer(instance);
        }
    }

    // A restored instance does not have the users of the keys of its source.
    private async Task ReadyAsync(Instance instance, ServiceServer server, CancellationToken cancellation)
    {
        foreach (string user in await server.QueryAsync("SELECT rolname FROM pg_roles WHERE rolname ~ '^ibmcloud_'", r => r.GetString(0), cancellation))
        {
            await IbmServer.DropUserAsync(server, user, cancellation);
        }

        await work.AuthoriseAsync(instance, cancellation);
    }

    private Backup FindBackup(string crn) => instances.FindBackup(crn) ?? throw BrokerErrors.BackupUnknown(crn);

    private Backup ReadBackup(JsonObject parameters)
    {
        string? crn = parameters.Object("dataservices")?.Text("source_dataservice_crn");
        Instance? source = crn is null ? null : instances.Find(crn);
        return source is { IsGone: false, Backup: null }
            ? new Backup { SourceCrn = source.Crn, Source = source.Spec, Type = "on_demand" }
            : throw BrokerErrors.Value("source_dataservice_crn", crn, "the CRN of a database");
    }
}
