// SPDX-License-Identifier: MIT

using System.Security;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>
///   Finds the endpoint and the credential: what the caller gave, then the environment, then the files. What the caller gave also chooses the
///   method; where nothing was given, what is found must be one method and whole.
/// </summary>
internal sealed class OvhCredentialReader(OvhSettings given, OvhConfiguration configuration)
{
    private const string ApplicationMethod = "application key, application secret and consumer key";
    private const string ClientMethod = "client id and client secret";
    private const string TokenMethod = "access token";

    private readonly List<string> _sources = [];

    /// <summary>The endpoint.</summary>
    internal OvhEndpoint ReadEndpoint() => OvhEndpoint.Parse(given.Endpoint ?? configuration.Find("default", "endpoint")?.Value, given.TokenUrl);

    /// <summary>The credential for that endpoint.</summary>
    /// <param name="endpoint">Its name is the section of the files.</param>
    /// <param name="withoutConsumerKey">Whether an application alone is enough, because its consumer key is yet to be asked for.</param>
    internal OvhCredential Read(OvhEndpoint endpoint, bool withoutConsumerKey = false)
    {
        (bool application, bool client, bool token) = MethodsGiven();
        bool any = application || client || token;
        string section = endpoint.Name;

        string? applicationKey = Text(given.ApplicationKey, section, "application_key", !any || application);
        SecureString? applicationSecret = Secret(given.ApplicationSecret, section, "application_secret", !any || application);
        SecureString? consumerKey = Secret(given.ConsumerKey, section, "consumer_key", (!any || application) && !withoutConsumerKey);
        string? clientId = Text(given.ClientId, section, "client_id", (!any || client) && !withoutConsumerKey);
        SecureString? clientSecret = Secret(given.ClientSecret, section, "client_secret", (!any || client) && !withoutConsumerKey);
        SecureString? accessToken = Secret(given.AccessToken, section, "access_token", (!any || token) && !withoutConsumerKey);

        application = applicationKey is not null || applicationSecret is not null || consumerKey is not null;
        client = clientId is not null || clientSecret is not null;
        token = accessToken is not null;
        string[] methods = [.. Named(application, ApplicationMethod), .. Named(client, ClientMethod), .. Named(token, TokenMethod)];
        if (methods.Length == 0)
        {
            throw PgErrors.CredentialMissing(section, configuration.Paths, configuration.Unreadable);
        }

        if (methods.Length > 1)
        {
            throw PgErrors.CredentialInvalid(section, $"more than one method was found ({string.Join("; ", methods)})", _sources);
        }

        if (token)
        {
            // In a header it would end in an error that tells of no credential.
            return Passwords.Use(accessToken!, t => t.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
                ? throw PgErrors.CredentialInvalid(section, "the access token has spaces or line breaks in it", _sources)
                : new OvhTokenCredential(accessToken!);
        }

        if (client)
        {
            return clientId is not null && clientSecret is not null
                ? new OvhClientCredential(clientId, clientSecret)
                : throw Half(section, Named(clientId is null, "client_id"), Named(clientSecret is null, "client_secret"));
        }

        return applicationKey is not null && applicationSecret is not null && (consumerKey is not null || withoutConsumerKey)
            ? new OvhApplicationCredential(applicationKey, applicationSecret, consumerKey)
            : throw Half(
                section,
                Named(applicationKey is null, "application_key"),
                Named(applicationSecret is null, "application_secret"),
                Named(consumerKey is null && !withoutConsumerKey, "consumer_key"));
    }

    private static IEnumerable<string> Named(bool isSo, string name) => isSo ? [name] : [];

    private PgCloudException Half(string section, params IEnumerable<string>[] missing) =>
        PgErrors.CredentialInvalid(section, $"it is not whole, {string.Join(" and ", missing.SelectMany(m => m))} is missing", _sources);

    private (bool Application, bool Client, bool Token) MethodsGiven() => (
        given.ApplicationKey is not null || given.ApplicationSecret is not null || given.ConsumerKey is not null,
        given.ClientId is not null || given.ClientSecret is not null,
        given.AccessToken is not null);

    private string? Text(string? argument, string section, string key, bool isWanted)
    {
        if (!string.IsNullOrEmpty(argument))
        {
            _sources.Add($"{key} given");
            return argument;
        }

        if (!isWanted || configuration.Find(section, key) is not { } found)
        {
            return null;
        }

        _sources.Add(found.Source);

        // A secret goes into a header: a line break in it would end in an error that shows the header.
        return found.Value.Trim();
    }

    private SecureString? Secret(SecureString? argument, string section, string key, bool isWanted)
    {
        if (argument is { Length: > 0 })
        {
            _sources.Add($"{key} given");
            return argument;
        }

        return Text(null, section, key, isWanted) is { } text ? Passwords.FromCharacters(text) : null;
    }
}
