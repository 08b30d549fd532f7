// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Control;
using PgCloud.Emulator.Ibm.Iam;
using PgCloud.Emulator.Ibm.Instances;

namespace PgCloud.Emulator.Ibm.Keys;

/// <summary>Makes keys, and with each a user of the server, and removes them.</summary>
internal sealed class KeyCreation(InstanceList instances, KeyList keys, EmulatorClock clock, Quirks quirks)
{
    internal async Task<ResourceKey> CreateAsync(JsonObject body, string creator, CancellationToken cancellation)
    {
        string name = InstanceName.Check(body.Needed("name"));
        Instance instance = instances.Get(body.Needed("source"));
        JsonObject? parameters = body.Object("parameters");
        ServiceRole role = ServiceRole.Find(parameters?.Text("role_crn") ?? body.Text("role"));
        lock (instance.Sync)
        {
            Readiness.CheckPresent(instance);
            if (instance.State != "active")
            {
                // That it fails is in the sources, how it does is not.
                throw BrokerErrors.Of("the deployment is not ready");
            }
        }

        if (quirks.RefuseKeysWithoutParameters && parameters is null or { Count: 0 })
        {
            throw BrokerErrors.Malformed();
        }

        JsonObject? existing = parameters?.Object("existing_credentials");
        var key = new ResourceKey
        {
            Instance = instance,
            Name = name,
            Role = role,
            Creator = creator,
            User = existing?.Needed("username") ?? $"ibmcloud_{Guid.NewGuid():N}",
            Password = existing?.Needed("password") ?? Password.New(),
            IsExisting = existing is not null,
            AppearsAt = clock.After(quirks.KeyAppearance),
        };
        if (!key.IsExisting && instance.Server is { } server)
        {
            await IbmServer.CreateUserAsync(server, key.User, key.Password, role == ServiceRole.Manager, cancellation);
        }

        keys.Add(key);
        return key;
    }

    internal static async Task DeleteAsync(ResourceKey key, string by, CancellationToken cancellation)
    {
        lock (key.Instance.Sync)
        {
            if (key.IsGone)
            {
                // As for instances; what a second deletion of a key gets is not in the sources.
                throw new IbmException(410, "gone", "The resource key is removed.");
            }

            Readiness.CheckPresent(key.Instance);
            key.DeletedAt = EmulatorClock.Now;
            key.DeletedBy = by;
        }

        if (!key.IsExisting && key.Instance.Server is { } server)
        {
            await IbmServer.DropUserAsync(server, key.User, cancellation);
        }
    }
}
