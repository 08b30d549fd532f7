// SPDX-License-Identifier: MIT

using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Groups;
using PgCloud.Emulator.Ibm.Iam;
using PgCloud.Emulator.Ovh.Auth;
using PgCloud.Emulator.Ovh.Projects;

namespace PgCloud.Emulator;

/// <summary>What the emulator says when it is ready: where it is, and credentials that are good for everything.</summary>
/// <param name="Http">The API's base URL over HTTP, under /1.0.</param>
/// <param name="HttpV1">The same under /v1.</param>
/// <param name="Https">The API's base URL over HTTPS, under /1.0.</param>
/// <param name="HttpsV1">The same under /v1.</param>
/// <param name="Control">The base URL of the control routes.</param>
/// <param name="CaFile">A file with the authority that signed the certificate of HTTPS.</param>
/// <param name="CaPem">The same as text.</param>
/// <param name="ApplicationKey">The application key.</param>
/// <param name="ApplicationSecret">The application secret.</param>
/// <param name="ConsumerKey">A consumer key that may do everything.</param>
/// <param name="TokenUrl">Where OAuth2 tokens are to be had.</param>
/// <param name="ClientId">The OAuth2 client.</param>
/// <param name="ClientSecret">Its secret.</param>
/// <param name="AccessToken">A token of that client.</param>
/// <param name="Project">The id of a project.</param>
/// <param name="ProjectDescription">Its description.</param>
/// <param name="OtherProject">The id of another project.</param>
/// <param name="OtherProjectDescription">Its description.</param>
/// <param name="Speed">How many times faster than in the clouds statuses change.</param>
/// <param name="IbmIam">IBM Cloud's base URL for tokens, without /identity/token.</param>
/// <param name="IbmResourceController">That of the resource controller.</param>
/// <param name="IbmResourceManager">That of the resource manager.</param>
/// <param name="IbmGlobalCatalog">That of the global catalogue, with /api/v1.</param>
/// <param name="IbmTagging">That of global tagging.</param>
/// <param name="IbmContextBasedRestrictions">That of context-based restrictions.</param>
/// <param name="IbmHttps">What all of these begin with, over HTTPS.</param>
/// <param name="IbmApiKey">An API key that may do everything.</param>
/// <param name="IbmViewerApiKey">An API key that may only read, and not read secrets.</param>
/// <param name="IbmAccountId">The account.</param>
/// <param name="IbmProfileId">A trusted profile that either key can assume.</param>
/// <param name="IbmResourceGroup">The id of the default resource group.</param>
/// <param name="IbmResourceGroupName">Its name.</param>
/// <param name="IbmOtherResourceGroup">The id of another.</param>
/// <param name="IbmOtherResourceGroupName">Its name.</param>
public sealed record StartLine(
    string Http,
    string HttpV1,
    string Https,
    string HttpsV1,
    string Control,
    string CaFile,
    string CaPem,
    string ApplicationKey,
    string ApplicationSecret,
    string ConsumerKey,
    string TokenUrl,
    string ClientId,
    string ClientSecret,
    string AccessToken,
    string Project,
    string ProjectDescription,
    string OtherProject,
    string OtherProjectDescription,
    double Speed,
    string IbmIam,
    string IbmResourceController,
    string IbmResourceManager,
    string IbmGlobalCatalog,
    string IbmTagging,
    string IbmContextBasedRestrictions,
    string IbmHttps,
    string IbmApiKey,
    string IbmViewerApiKey,
    string IbmAccountId,
    string IbmProfileId,
    string IbmResourceGroup,
    string IbmResourceGroupName,
    string IbmOtherResourceGroup,
    string IbmOtherResourceGroupName)
{
    internal static StartLine Of(WebApplication app, string caFile, string caPem)
    {
        ICollection<string> addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        string http = addresses.Single(a => a.StartsWith("http://", StringComparison.Ordinal));
        string https = addresses.Single(a => a.StartsWith("https://", StringComparison.Ordinal));
        Account account = app.Services.GetRequiredService<Account>();
        IReadOnlyList<Project> projects = app.Services.GetRequiredService<ProjectList>().All;
        IamAccount ibm = app.Services.GetRequiredService<IamAccount>();
        GroupList groups = app.Services.GetRequiredService<GroupList>();
        return new StartLine(
            http + "/1.0",
            http + "/v1",
            https + "/1.0",
            https + "/v1",
            http + Clouds.Control,
            caFile,
            caPem,
            account.ApplicationKey,
            account.ApplicationSecret,
            account.Owner.ConsumerKey,
            http + "/auth/oauth2/token",
            account.Client.ClientId,
            account.Client.ClientSecret,
            account.IssueToken(account.Client),
            projects[0].Id,
            projects[0].Description,
            projects[1].Id,
            projects[1].Description,
            app.Services.GetRequiredService<EmulatorOptions>().Speed,
            http + IbmPaths.Iam,
            http + IbmPaths.ResourceController,
            http + IbmPaths.ResourceController,
            http + IbmPaths.GlobalCatalog,
            http + IbmPaths.Tagging,
            http + IbmPaths.ContextBasedRestrictions,
            https + Clouds.Ibm,
            ibm.Owner.Secret,
            ibm.Viewer.Secret,
            ibm.Id,
            ibm.ProfileId,
            groups.Default.Id,
            groups.Default.Name,
            groups.Other.Id,
            groups.Other.Name);
    }
}
