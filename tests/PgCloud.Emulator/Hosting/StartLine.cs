// SPDX-License-Identifier: MIT

using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
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
/// <param name="Speed">How many times faster than OVHcloud statuses change.</param>
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
    double Speed)
{
    internal static StartLine Of(WebApplication app, string caFile, string caPem)
    {
        ICollection<string> addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        string http = addresses.Single(a => a.StartsWith("http://", StringComparison.Ordinal));
        string https = addresses.Single(a => a.StartsWith("https://", StringComparison.Ordinal));
        Account account = app.Services.GetRequiredService<Account>();
        IReadOnlyList<Project> projects = app.Services.GetRequiredService<ProjectList>().All;
        return new StartLine(
            http + "/1.0",
            http + "/v1",
            https + "/1.0",
            https + "/v1",
            http + "/_emulator",
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
            app.Services.GetRequiredService<EmulatorOptions>().Speed);
    }
}
