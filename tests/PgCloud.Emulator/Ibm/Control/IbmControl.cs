// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Groups;
using PgCloud.Emulator.Ibm.Iam;
using PgCloud.Emulator.Ibm.Instances;
using PgCloud.Emulator.Ibm.Restrictions;

namespace PgCloud.Emulator.Ibm.Control;

/// <summary>/_emulator/ibm: what tests want and IBM Cloud does not have.</summary>
internal static class IbmControl
{
    internal static void MapIbmControl(this IEndpointRouteBuilder routes, IServiceProvider services)
    {
        RouteGroupBuilder control = routes.MapGroup("/ibm");
        IamAccount account = services.GetRequiredService<IamAccount>();
        control.MapPut("/iam", (IamRequest request) => account.TokenLife = TimeSpan.FromSeconds(request.TokenSeconds));
        control.MapDelete("/iam/tokens", account.ExpireTokens);
        control.MapPost("/iam/keys", (KeyRequest request) => new { apiKey = account.AddKey(request.MayWrite ?? true).Secret });
        control.MapDelete("/iam/keys/{key}", (string key) => account.RemoveKey(key));
        control.MapPost("/iam/passcodes", () => new { passcode = account.NewPasscode() });
        Quirks quirks = services.GetRequiredService<Quirks>();
        control.MapPut("/quirks", (QuirksRequest request) => Set(quirks, request));
        control.MapInstanceControl(services);
        control.MapRestrictionControl(services.GetRequiredService<RestrictionStore>(), account);
    }

    private static void MapInstanceControl(this IEndpointRouteBuilder control, IServiceProvider services)
    {
        InstanceList instances = services.GetRequiredService<InstanceList>();
        InstanceCreation creation = services.GetRequiredService<InstanceCreation>();
        GroupList groups = services.GetRequiredService<GroupList>();
        control.MapPost("/instances", (SeedRequest request) => Enumerable.Range(1, request.Count).Select(n => creation.Seed(
            request.Name ?? $"seeded-{n}", request.Region ?? "ca-mon", request.ResourceGroup ?? groups.Default.Id, request.State ?? "active").Guid).ToList());
        IbmState state = services.GetRequiredService<IbmState>();
        control.MapGet("/instances", state.InstancesAsync);
        control.MapGet("/restrictions", state.Restrictions);
        control.MapPost("/instances/{id}/crash", async (string id, CancellationToken cancellation) =>
            await (instances.Find(id)?.Server?.CrashAsync(cancellation) ?? Task.CompletedTask));
        control.MapPut("/instances/{id}", (string id, StateRequest request) => Of(instances, id, i => i.State = request.State));
        control.MapPost("/instances/{id}/backups", (string id, BackupRequest request, CancellationToken cancellation) =>
            AddBackupAsync(instances, creation, id, request.Type ?? "automatic", cancellation));
    }

    private static void MapRestrictionControl(this IEndpointRouteBuilder control, RestrictionStore store, IamAccount account)
    {
        control.MapPost("/zones/{id}/race", (HttpContext context, string id) => Race(store.Zones, id, ZoneContent.Read(IbmBody.Of(context), account.Id)));
        control.MapPost("/rules/{id}/race", (HttpContext context, string id) => Race(store.Rules, id, RuleContent.Read(IbmBody.Of(context), store)));
    }

    private static async Task<IResult> AddBackupAsync(
        InstanceList instances, InstanceCreation creation, string id, string type, CancellationToken cancellation)
    {
        if (instances.Find(id) is not { } instance)
        {
            return TypedResults.NotFound();
        }

        var backup = new Backup { SourceCrn = instance.Crn, Source = instance.Spec, Type = type };
        await creation.SnapshotAsync(backup, cancellation);
        return TypedResults.Ok(new { crn = instances.AddCoupled(instance, backup) });
    }

    private static IResult Race(RestrictionShelf shelf, string id, System.Text.Json.Nodes.JsonObject content)
    {
        if (shelf.All.FirstOrDefault(r => r.Id == id) is not { } found)
        {
            return TypedResults.NotFound();
        }

        found.Race = content;
        return TypedResults.Ok();
    }

    private static void Set(Quirks quirks, QuirksRequest request)
    {
        quirks.Gen1Credentials = request.Gen1Credentials ?? quirks.Gen1Credentials;
        quirks.RedactCredentials = request.RedactCredentials ?? quirks.RedactCredentials;
        quirks.RefuseKeysWithoutParameters = request.RefuseKeysWithoutParameters ?? quirks.RefuseKeysWithoutParameters;
        quirks.AcceptDeletions = request.AcceptDeletions ?? quirks.AcceptDeletions;
        quirks.RefuseDiskKeys = request.RefuseDiskKeys ?? quirks.RefuseDiskKeys;
        quirks.InstanceQuota = request.InstanceQuota ?? quirks.InstanceQuota;
        quirks.Removal = request.RemovalSeconds is { } removal ? TimeSpan.FromSeconds(removal) : quirks.Removal;
        quirks.RestrictionAppearance = request.RestrictionAppearanceSeconds is { } rule ? TimeSpan.FromSeconds(rule) : quirks.RestrictionAppearance;
        quirks.KeyAppearance = request.KeyAppearanceSeconds is { } key ? TimeSpan.FromSeconds(key) : quirks.KeyAppearance;
    }

    private static IResult Of(InstanceList instances, string id, Action<Instance> change)
    {
        if (instances.Find(id) is not { } instance)
        {
            return TypedResults.NotFound();
        }

        lock (instance.Sync)
        {
            change(instance);
        }

        return TypedResults.Ok();
    }

    internal sealed record IamRequest(double TokenSeconds);

    internal sealed record KeyRequest(bool? MayWrite);

    internal sealed record QuirksRequest(
        bool? Gen1Credentials,
        bool? RedactCredentials,
        bool? RefuseKeysWithoutParameters,
        bool? AcceptDeletions,
        bool? RefuseDiskKeys,
        int? InstanceQuota,
        double? RemovalSeconds,
        double? RestrictionAppearanceSeconds,
        double? KeyAppearanceSeconds);

    internal sealed record SeedRequest(int Count, string? Name, string? Region, string? ResourceGroup, string? State);

    internal sealed record StateRequest(string State);

    internal sealed record BackupRequest(string? Type);
}
