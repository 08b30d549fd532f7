// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Integrations;

/// <summary>The links of an instance to other services of the project.</summary>
internal sealed class OvhIntegrations(OvhProject project, OvhInstances instances) : IIntegrations
{
    // Terraform's provider waits as long, for the link and for the instance.
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
            return HasParameters(present, request)
                ? (await WaitUntilReadyAsync(instance, present, reporter, cancellation)).ToIntegration(instance, PgChange.Unchanged)
                : throw PgErrors.IntegrationDiffers(present.ToIntegration(instance, PgChange.None), instance.Name);
        }

        using var step = new StepTimer(reporter, $"Make the integration {request.Type} of {instance.Name}");
        OvhIntegration made = await PostAsync(instance, request, source, destination, IsSame, reporter, cancellation);
        return (await WaitUntilReadyAsync(instance, made, reporter, cancellation)).ToIntegration(instance, PgChange.Created);
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
        await new OvhPatience(project, instances, instance, reporter).RunAsync(
            () => project.Client.DeleteAsync(PathOf(instance, id), reporter, cancellation), ReadyTimeout, cancellation);
        (OvhIntegration? seen, bool isGone) = await project.WaitAsync(
            () => FindAsync(instance, id, reporter, cancellation), i => i is null, ReadyTimeout, cancellation);
        return isGone
            ? present.ToIntegration(instance, PgChange.Removed)
            : throw PgErrors.IntegrationNotSettled(id, instance.Name, seen!.Status.ToString(), ReadyTimeout);
    }

    private static bool HasParameters(OvhIntegration present, NewIntegrationRequest request) =>
        request.Parameters is not { } wanted
        || wanted.All(w => present.Parameters?.TryGetValue(w.Key, out string? value) == true && value == w.Value);

    private async Task<OvhIntegration> PostAsync(
        PgInstance instance,
        NewIntegrationRequest request,
        string source,
        string destination,
        Func<OvhIntegration, bool> isSame,
        IReporter reporter,
        CancellationToken cancellation)
    {
        var body = new JObject { ["type"] = request.Type, ["sourceServiceId"] = source, ["destinationServiceId"] = destination };
        if (request.Parameters is { Count: > 0 } parameters)
        {
            body["parameters"] = JObject.FromObject(parameters);
        }

        try
        {
            return await new OvhPatience(project, instances, instance, reporter).RunAsync(
                () => project.Client.PostAsync<OvhIntegration>(project.PathOf(instance, Path), body, reporter, cancellation),
                ReadyTimeout,
                cancellation);
        }
        catch (PgCloudException exception) when (exception.ErrorId == OvhErrorIds.OutcomeUnknown)
        {
            // Whether it was made shows in the list: there was none such before.
            (OvhIntegration? found, _) = await project.WaitAsync(
                async () => (await ListAsync(instance, reporter, cancellation)).FirstOrDefault(isSame),
                i => i is not null,
                project.Pace.First * 3,
                cancellation);
            if (found is null)
            {
                throw;
            }

            reporter.Step($"The end of the call was not seen; the integration {request.Type} is there ({found.Id})", TimeSpan.Zero);
            return found;
        }
    }

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
