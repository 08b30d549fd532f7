// SPDX-License-Identifier: MIT

using Newtonsoft.Json;
using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh;

/// <summary>Opens a session: finds the credential and the project, and calls the API once, so that what is wrong shows now.</summary>
internal static class OvhConnector
{
    /// <summary>The variable that OVHcloud's Terraform provider reads the project from.</summary>
    internal const string ProjectVariable = "OVH_CLOUD_PROJECT_SERVICE";

    /// <summary>Opens a session.</summary>
    internal static async Task<ICloudProvider> ConnectAsync(
        CloudAccountRequest request, IReporter reporter, CancellationToken cancellation, ApiClientOptions? options = null, PollPace? pace = null)
    {
        OvhClient client = Open(request, options);
        try
        {
            string? wanted = request.Project ?? Environment.GetEnvironmentVariable(ProjectVariable);
            OvhProject project = IsId(wanted)
                ? await UseAsync(client, wanted!, pace, reporter, cancellation)
                : await FindAsync(client, wanted, pace, reporter, cancellation);
            client.Join(await OvhAccountName.AskAsync(client, reporter, cancellation) ?? project.Id);
            return new OvhProvider(project);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>The projects of an account.</summary>
    internal static async Task<IReadOnlyList<PgCloudProject>> GetProjectsAsync(
        CloudAccountRequest request, IReporter reporter, CancellationToken cancellation)
    {
        using OvhClient client = Open(request, null);
        return await GetProjectsAsync(client, reporter, cancellation);
    }

    private static OvhClient Open(CloudAccountRequest request, ApiClientOptions? options)
    {
        var settings = OvhSettings.From(request);
        var reader = new OvhCredentialReader(settings, OvhConfiguration.OfThisMachine(request.WorkingDirectory));
        OvhEndpoint endpoint = reader.ReadEndpoint();
        return new OvhClient(endpoint, reader.Read(endpoint), (options ?? new ApiClientOptions()).With(request.Calls));
    }

    // A credential with the least rights cannot read the project itself; that its databases can be listed says that all is well.
    private static async Task<OvhProject> UseAsync(
        OvhClient client, string id, PollPace? pace, IReporter reporter, CancellationToken cancellation)
    {
        var project = new OvhProject(client, id, string.Empty, pace ?? PollPace.OfRemoteApi);
        try
        {
            await client.GetAsync<string[]>(project.Instances, reporter, cancellation);
            return project;
        }
        catch (PgCloudException exception) when (exception.Kind == PgErrorKind.NotFound)
        {
            throw PgErrors.ProjectIdUnknown(id, exception);
        }
    }

    private static async Task<OvhProject> FindAsync(
        OvhClient client, string? description, PollPace? pace, IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<PgCloudProject> all = await GetProjectsAsync(client, reporter, cancellation);
        PgCloudProject[] matching = [.. all.Where(p => description is null || p.Name == description)];
        return matching.Length switch
        {
            1 => new OvhProject(client, matching[0].Id, matching[0].Name, pace ?? PollPace.OfRemoteApi),
            0 when description is not null => throw PgErrors.ProjectUnknown(description, all),
            0 => throw PgErrors.ProjectNone(),
            _ => throw PgErrors.ProjectAmbiguous(description, matching),
        };
    }

    /// <summary>The projects of the account that a client is for.</summary>
    internal static async Task<IReadOnlyList<PgCloudProject>> GetProjectsAsync(OvhClient client, IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<OvhProjectRecord> records = await client.ListAsync<OvhProjectRecord>("/cloud/project", reporter, cancellation);
        return [.. records
            .Select(r => new PgCloudProject { Id = r.ProjectId, Name = r.Description ?? string.Empty, Status = r.Status ?? string.Empty })
            .OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    internal static bool IsId(string? text) => text is { Length: 32 } && text.All(char.IsAsciiHexDigit);

    private sealed record OvhProjectRecord(
        [property: JsonProperty("project_id", Required = Required.Always)] string ProjectId, string? Description, string? Status);
}
