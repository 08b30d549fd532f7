// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm;

/// <summary>Opens a session: finds the credential and the resource group, which also shows at once what is wrong with them.</summary>
internal static class IbmConnector
{
    /// <summary>Opens a session.</summary>
    internal static async Task<ICloudProvider> ConnectAsync(
        CloudAccountRequest request, IReporter reporter, CancellationToken cancellation, ApiClientOptions? options = null, PollPace? pace = null)
    {
        IbmSettings settings = SettingsOf(request);
        IbmEnvironment environment = IbmEnvironment.OfThisProcess;
        IbmClient client = Open(settings, environment, (options ?? new ApiClientOptions()).With(request.Calls));
        try
        {
            string? wanted = settings.ResourceGroup ?? environment.ResourceGroup;
            IbmResourceGroup group = await new IbmGroups(client).FindAsync(wanted, reporter, cancellation);
            if (!string.IsNullOrEmpty(group.AccountId))
            {
                client.Join(group.AccountId);
            }

            return new IbmProvider(new IbmAccount(
                client, group, !string.IsNullOrEmpty(wanted), settings.Region ?? environment.Region, pace ?? PollPace.OfRemoteApi));
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>The resource groups of an account.</summary>
    internal static async Task<IReadOnlyList<PgCloudProject>> GetGroupsAsync(
        CloudAccountRequest request, IReporter reporter, CancellationToken cancellation)
    {
        using IbmClient client = Open(
            SettingsOf(request), IbmEnvironment.OfThisProcess, new ApiClientOptions().With(request.Calls));
        return await GetGroupsAsync(new IbmGroups(client), reporter, cancellation);
    }

    /// <summary>The resource groups that a client can see.</summary>
    internal static async Task<IReadOnlyList<PgCloudProject>> GetGroupsAsync(IbmGroups all, IReporter reporter, CancellationToken cancellation)
    {
        IReadOnlyList<IbmResourceGroup> groups = await all.ListAsync(reporter, cancellation);
        return [.. groups
            .Select(g => new PgCloudProject { Id = g.Id, Name = g.Name, Status = g.State ?? string.Empty })
            .OrderBy(g => g.Name, StringComparer.Ordinal)];
    }

    private static IbmClient Open(IbmSettings settings, IbmEnvironment environment, ApiClientOptions options) => new(
        IbmEndpoints.Resolve(settings, environment), new IbmCredentialReader(settings, environment).Read(), options);

    private static IbmSettings SettingsOf(CloudAccountRequest request) => new()
    {
        ApiKey = request.ApiKey,
        KeyFile = request.KeyFile,
        Passcode = request.Passcode,
        AccessToken = request.AccessToken,
        Region = request.Region,
        ResourceGroup = request.Project,
        Visibility = request.IsPrivate ? "private" : null,
        Endpoint = request.Endpoint,
        Endpoints = request.ServiceEndpoints.ToDictionary(e => ServiceOf(e.Key), e => e.Value),
        WorkingDirectory = request.WorkingDirectory,
    };

    private static IbmService ServiceOf(string name) => Enum.TryParse(name, ignoreCase: true, out IbmService service) && Enum.IsDefined(service)
        ? service
        : throw PgErrors.ServiceUnknown(name, Enum.GetNames<IbmService>());
}
