// SPDX-License-Identifier: MIT

using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using PgCloud.Emulator.Auth;

namespace PgCloud.Emulator.Hosting;

/// <summary>What the emulator says when it is ready: where it is, and credentials that are good for everything.</summary>
internal sealed record StartLine(
    string Http,
    string Https,
    string Endpoint,
    string TokenUrl,
    string CaPem,
    string ApplicationKey,
    string ApplicationSecret,
    string ConsumerKey,
    string ClientId,
    string ClientSecret,
    string AccessToken,
    string Project,
    string OtherProject,
    double Speed)
{
    internal static StartLine Of(WebApplication app, string caPem)
    {
        ICollection<string> addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        string http = addresses.Single(a => a.StartsWith("http://", StringComparison.Ordinal));
        Account account = app.Services.GetRequiredService<Account>();
        IReadOnlyList<Projects.Project> projects = app.Services.GetRequiredService<Projects.Projects>().All;
        return new StartLine(
            http,
            addresses.Single(a => a.StartsWith("https://", StringComparison.Ordinal)),
            http + "/1.0",
            http + "/auth/oauth2/token",
            caPem,
            account.ApplicationKey,
            account.ApplicationSecret,
            account.Owner.ConsumerKey,
            account.Client.ClientId,
            account.Client.ClientSecret,
            account.IssueToken(account.Client),
            projects[0].Id,
            projects[1].Id,
            app.Services.GetRequiredService<EmulatorOptions>().Speed);
    }
}
