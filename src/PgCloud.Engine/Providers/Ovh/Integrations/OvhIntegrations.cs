// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Integrations;

/// <summary>The links of an instance to other services of the project.</summary>
internal sealed class OvhIntegrations(OvhProject project, OvhPatience patience) : IIntegrations
{
    // Terraform's provider waits as long.
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromMinutes(20);

    private const string Path = "/integration";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgIntegrationCapability>> GetCapabilitiesAsync(
        PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<OvhIntegrationCapability> all = await project.Client.GetAsync<IReadOnlyList<OvhIntegrationCapability>>(
            project.PathOf(instance, "/capabilities/integration"), reporter, cancellation);
        return [.. all.Select(c => c.ToCapability(instance))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgIntegration>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        [.. (await ListAsync(instance, reporter, cancellation)).Select(i => i.ToIntegration(instance, PgChange.None))];

    /// <inheritdoc/>
    public async Task<PgIntegration> CreateAsync(
        PgInstance instance, NewIntegrationRequest request, IReporter reporter, CancellationToken cancellation)
    {
        var ends = new OvhIntegrationEnds(project, instance, reporter);
        (string source, string destination) = await ends.ResolveAsync(request, cancellation);
        bool IsSame(OvhIntegration other) =>
            other.Type == request.Type && other.SourceServiceId == source && other.DestinationServiceId == destination;

        if ((await ListAsync(instance, reporter, cancellation)).FirstOrDefault(IsSame) is { } present)
        {
            return await SameAsync(instance, present, request, reporter, cancellation);
        }

        using var step = new StepTimer(reporter, $"Make the integration {request.Type} of {instance.Name}");
        var body = new JObject { ["type"] = request.Type, ["sourceServiceId"] = source, ["destinationServiceId"] = destination };
        if (request.Parameters is { Count: > 0 } parameters)
        {
            body["parameters"] = JObject.FromObject(parameters);
        }

        (OvhIntegration made, bool isOurs) = await project.MakeAsync(
            $"the integration {request.Type}",
            () => patience.RunAsync(
                instance,
                () => project.Client.PostAsync<OvhIntegration>(project.PathOf(instance, Path), body, reporter, cancellation),
                reporter,
                cancellation),
            async () => (await ListAsync(instance, reporter, cancellation)).FirstOrDefault(IsSame),
            project.Pace.First * 3,
            reporter,
            cancellation);
        return isOurs
            ? (await WaitUntilReadyAsync(instance, made, reporter, cancellation)).ToIntegration(instance, PgChange.Created)
            : await SameAsync(instance, made, request, reporter, cancellation);
    }

    /// <inheritdoc/>
    public async Task<PgIntegration> RemoveAsync(PgInstance instance, string id, IReporter reporter, CancellationToken cancellation)
    {
        OvhIntegration? present = await FindAsync(instance, id, reporter, cancellation);
        if (present is null)
        {
            return new PgIntegration { Id = id, Status = PgInstanceStatus.Unknown, Instance = instance, Change = PgChange.Unchanged };
        }

        using var step = new StepTimer(reporter, $"Remove the integration {present.Type} of {instance.Name}");
        await patience.RunAsync(
            instance, () => project.Client.DeleteAsync(PathOf(instance, id), reporter, cancellation), reporter, cancellation);
        (OvhIntegration? seen, bool isGone) = await project.WaitAsync(
            () => FindAsync(instance, id, reporter, cancellation), i => i is null, ReadyTimeout, cancellation);
        return isGone
            ? present.ToIntegration(instance, PgChange.Removed)
            : throw PgErrors.IntegrationNotSettled(id, instance.Name, seen!.Status.ToString(), ReadyTimeout);
    }

    private static bool HasParameters(OvhIntegration present, NewIntegrationRequest request) =>
        request.Parameters is not { } wanted
        || wanted.All(w => present.Parameters?.TryGetValue(w.Key, out string? value) == true && value == w.Value);

    private async Task<PgIntegration> SameAsync(
        PgInstance instance, OvhIntegration present, NewIntegrationRequest request, IReporter reporter, CancellationToken cancellation) =>
        HasParameters(present, request)
            ? (await WaitUntilReadyAsync(instance, present, reporter, cancellation)).ToIntegration(instance, PgChange.Unchanged)
            : throw PgErrors.IntegrationDiffers(present.ToIntegration(instance, PgChange.None), instance.Name);

    // The API answers 404 for a while after it has made one.
    private async Task<OvhIntegration> WaitUntilReadyAsync(
        PgInstance instance, OvhIntegration made, IReporter reporter, CancellationToken cancellation)
    {
        (OvhIntegration? seen, bool isSettled) = await project.WaitAsync(
            () => FindAsync(instance, made.Id, reporter, cancellation),
            i => i is not null && !OvhStatuses.IsChanging(i.Status),
            ReadyTimeout,
            cancellation);
        return isSettled ? seen! : throw PgErrors.IntegrationNotSettled(made.Id, instance.Name, seen?.Status.ToString() ?? "not there", ReadyTimeout);
    }

    private string PathOf(PgInstance instance, string id) => project.PathOf(instance, $"{Path}/{Uri.EscapeDataString(id)}");

    private Task<OvhIntegration?> FindAsync(PgInstance instance, string id, IReporter reporter, CancellationToken cancellation) =>
        project.Client.FindAsync<OvhIntegration>(PathOf(instance, id), reporter, cancellation);

    private Task<IReadOnlyList<OvhIntegration>> ListAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        project.Client.ListAsync<OvhIntegration>(project.PathOf(instance, Path), reporter, cancellation);
}
