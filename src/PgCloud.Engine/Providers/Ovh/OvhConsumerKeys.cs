// SPDX-License-Identifier: MIT

using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh;

/// <summary>
///   Consumer keys, by which a customer lets an application act for him. The key is made at once and does nothing until he has logged in at
///   its validation URL and said yes (First steps with the OVHcloud APIs, "Requesting an authentication token").
/// </summary>
internal static class OvhConsumerKeys
{
    private static readonly string[] Writing = ["POST", "PUT", "DELETE"];

    /// <summary>Asks for a key with the least rights the module needs.</summary>
    internal static async Task<ConsumerKeyGrant> RequestAsync(
        ConsumerKeyRequest request, IReporter reporter, CancellationToken cancellation, ApiClientOptions? options = null)
    {
        if (request.ProjectId is { } id && !OvhConnector.IsId(id))
        {
            throw PgErrors.ProjectIdInvalid(id);
        }

        var reader = new OvhCredentialReader(
            OvhSettings.From(request.Account), OvhConfiguration.OfThisMachine(request.Account.WorkingDirectory));
        OvhEndpoint endpoint = reader.ReadEndpoint();
        var application = (OvhApplicationCredential)reader.Read(endpoint, withoutConsumerKey: true);
        Rule[] rules = [.. RulesFor(request.ProjectId, request.IsReadOnly)];
        var body = new JObject { ["accessRules"] = new JArray(rules.Select(r => new JObject { ["method"] = r.Method, ["path"] = r.Path })) };
        if (request.AllowedIps.Count > 0)
        {
            body["allowedIPs"] = new JArray(request.AllowedIps);
        }

        if (request.RedirectUrl is { } url)
        {
            body["redirection"] = url;
        }

        using var client = new OvhClient(endpoint, application, (options ?? new ApiClientOptions()).With(request.Account.Calls));
        Answer answer = await client.PostUnauthorisedAsync<Answer>("/auth/credential", body, reporter, cancellation);
        var key = Passwords.FromCharacters(answer.ConsumerKey);
        CloudAccountRequest account = request.Account with
        {
            Endpoint = endpoint.Name,
            ApplicationKey = application.ApplicationKey,
            ApplicationSecret = application.ApplicationSecret,
            ConsumerKey = key,
            Project = request.ProjectId,
        };
        return new ConsumerKeyGrant(account, key, answer.ValidationUrl, answer.State, [.. rules.Select(r => r.ToString())]);
    }

    /// <summary>
    ///   Waits until the key has been validated. The API answers a refused key just as one that waits. Its owner validates it elsewhere, so that
    ///   an API which is silent for a while is no end of the waiting.
    /// </summary>
    internal static async Task<ConsumerKeyGrant> WaitAsync(
        ConsumerKeyGrant grant,
        TimeSpan timeout,
        IReporter reporter,
        CancellationToken cancellation,
        ApiClientOptions? options = null,
        PollPace? pace = null)
    {
        var reader = new OvhCredentialReader(OvhSettings.From(grant.Account), OvhConfiguration.OfThisMachine(grant.Account.WorkingDirectory));
        OvhEndpoint endpoint = reader.ReadEndpoint();
        using var client = new OvhClient(endpoint, reader.Read(endpoint), (options ?? new ApiClientOptions()).With(grant.Account.Calls));
        (Credential? seen, bool isDone) = await Polling.UntilAsync(
            pace ?? PollPace.OfRemoteApi, LookAsync, c => c is not null, timeout, cancellation);
        return isDone
            ? grant with { State = seen!.Status ?? "validated", ExpiresAt = seen.Expiration?.ToUniversalTime() }
            : throw PgErrors.ConsumerKeyNotValidated(grant.ValidationUrl, timeout);

        async Task<Credential?> LookAsync()
        {
            reporter.Progress("Wait until the consumer key is validated", grant.ValidationUrl, -1);
            try
            {
                return await client.GetAsync<Credential>("/auth/currentCredential", reporter, cancellation);
            }
            catch (PgCloudException exception) when (exception.ErrorId is OvhErrorIds.ConsumerKeyInvalid)
            {
                return null;
            }
            catch (PgCloudException exception) when (
                exception is { ApiCall: not null, Kind: PgErrorKind.Unavailable or PgErrorKind.Connection or PgErrorKind.Timeout })
            {
                reporter.Step($"Wait for the consumer key all the same: {exception.Message}", TimeSpan.Zero);
                return null;
            }
        }
    }

    /// <summary>What the module calls, and nothing more.</summary>
    private static IEnumerable<Rule> RulesFor(string? projectId, bool isReadOnly)
    {
        string databases = $"/cloud/project/{projectId ?? "*"}/database/*";

        // Whose the key is: sessions of one account share its pace.
        yield return new("GET", "/auth/details");
        if (projectId is null)
        {
            // To find a project by its name, and to list the names.
            yield return new("GET", "/cloud/project");
            yield return new("GET", "/cloud/project/*");
        }
        else
        {
            yield return new("GET", databases);
        }

        foreach (string method in isReadOnly ? [] : Writing)
        {
            yield return new(method, databases);
        }

        if (!isReadOnly)
        {
            // Whether a log subscription has been made is told there.
            yield return new("GET", "/dbaas/logs/*/operation/*");
        }
    }

    private sealed record Rule(string Method, string Path)
    {
        public override string ToString() => $"{Method} {Path}";
    }

    private sealed record Answer(
        [property: JsonProperty(Required = Required.Always)] string ConsumerKey,
        [property: JsonProperty(Required = Required.Always)] string ValidationUrl,
        string State);

    private sealed record Credential(string? Status, DateTimeOffset? Expiration);
}
