// SPDX-License-Identifier: MIT

using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using PgCloud.Engine.Http;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>Makes an error of what the API answered, or of its silence.</summary>
/// <param name="endpoint">For the page on which keys are made.</param>
/// <param name="mask">Takes the secrets that were sent out of a text.</param>
internal sealed partial class OvhErrors(OvhEndpoint endpoint, Func<string, string> mask) : ApiErrors(mask)
{
    /// <summary>The error of a call for an access token.</summary>
    internal PgCloudException OfToken(ApiCall call, ApiAnswer answer) => answer.Outcome == ApiOutcome.Refused
        ? PgErrors.Unauthorised(FaultOf(call, answer), "Check the client id, the client secret, and that the endpoint is the account's.")
        : Of(call, answer);

    /// <inheritdoc/>
    protected override string StatusPage => "https://public-cloud.status-ovhcloud.com";

    /// <inheritdoc/>
    protected override PgCloudException OfRefusal(ApiCall call, ApiAnswer answer, ApiFault fault)
    {
        string text = $"{fault.Class} {fault.Message}";

        // A pool made right after its database meets this, with a status and maybe a class that say something else.
        return (answer.Status == 403 && MissingDatabase().IsMatch(text) ? PgErrors.PoolDatabaseNotReady(fault) : null)
            ?? OfCredential(call, answer, fault)
            ?? OvhErrorTable.Find(fault)
            ?? (Quota().IsMatch(text) ? PgErrors.QuotaReached(fault)
                : DeletionProtection().IsMatch(text) ? PgErrors.InstanceProtected(fault)
                : answer.Status switch
                {
                    401 => PgErrors.Unauthorised(fault, "Fetch a new access token, or check the client id and secret."),
                    403 => Forbidden(call, answer, fault),
                    404 => IsAboutProject(call, text) ? PgErrors.ProjectNotFound(fault) : PgErrors.ApiObjectNotFound(fault),
                    409 => text.Contains("UserAlreadyExist", StringComparison.Ordinal) ? PgErrors.UserExists(fault) : PgErrors.ApiConflict(fault),
                    460 => PgErrors.ResourceExpired(fault),
                    < 400 => PgErrors.AnswerInvalid(fault),
                    _ => PgErrors.RequestRefused(fault),
                });
    }

    // The gateway's own errors, which come before the database's.
    private PgCloudException? OfCredential(ApiCall call, ApiAnswer answer, ApiFault fault) => answer.Class switch
    {
        OvhSigner.ClockWrong => PgErrors.ClockWrong(fault),
        "INVALID_SIGNATURE" => PgErrors.Unauthorised(
            fault, "Check the application secret. A consumer key that has not been validated yet is answered like this, too."),
        "INVALID_KEY" => PgErrors.Unauthorised(fault, "Check the application key, and that the endpoint is the one it was made at."),
        "INVALID_CREDENTIAL" or "NOT_CREDENTIAL" => PgErrors.ConsumerKeyInvalid(fault, endpoint.KeyPage.AbsoluteUri),
        "FORBIDDEN" when CallerAddress().IsMatch(fault.Message ?? string.Empty) => PgErrors.CallerAddressForbidden(fault),
        "NOT_GRANTED_CALL" or "FORBIDDEN" or "Client::Forbidden" => Forbidden(call, answer, fault),
        "Client::Unauthorized::InvalidAuthToken" => PgErrors.Unauthorised(
            fault, "An access token lasts about an hour: fetch a new one, or use a client id and secret, with which that is done for you."),
        _ => null,
    };

    private static PgCloudException Forbidden(ApiCall call, ApiAnswer answer, ApiFault fault)
    {
        const string Key = "a new consumer key, as the rules of a key cannot be changed later";
        const string Policy = "the IAM policy of the account";
        return MissingActions(answer) is { Length: > 0 } actions
            ? PgErrors.Forbidden(fault, $"the IAM action {actions}", Policy)
            : PgErrors.Forbidden(fault, $"the access rule {call}", answer.Class == "NOT_GRANTED_CALL" ? Key : $"{Key}, or to {Policy}");
    }

    // IAM's reason: the actions that the caller may not do.
    private static string? MissingActions(ApiAnswer answer) => (answer.Json as JObject)?["details"] is JObject details
        ? (string?)details["unauthorizedActionsByIAM"] ?? (string?)details["unauthorizedActionsByAuthentication"]
        : null;

    private static bool IsAboutProject(ApiCall call, string text) =>
        Project().Match(call.ToString()) is { Success: true } project
        && (project.Groups["rest"].Length == 0
            || text.Contains(project.Groups["id"].Value, StringComparison.Ordinal)
            || text.Contains("serviceName", StringComparison.Ordinal));

    [GeneratedRegex("quota", RegexOptions.IgnoreCase)]
    private static partial Regex Quota();

    [GeneratedRegex("deletion.?protect|protected.+(delet|remov)", RegexOptions.IgnoreCase)]
    private static partial Regex DeletionProtection();

    [GeneratedRegex("database .+ does not exist", RegexOptions.IgnoreCase)]
    private static partial Regex MissingDatabase();

    // A key may be made for some addresses only (its allowedIPs). The class is that of a missing rule; the words tell.
    [GeneratedRegex(@"\b(address|ips?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex CallerAddress();

    [GeneratedRegex("^[A-Z]+ /cloud/project/(?<id>[^/]+)(?<rest>/.*)?$")]
    private static partial Regex Project();
}
