// SPDX-License-Identifier: MIT

using System.Text.RegularExpressions;
using PgCloud.Engine.Http;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>Makes an error of what IBM Cloud answered.</summary>
/// <param name="credential">For what can be done about a refused one.</param>
/// <param name="mask">Takes the secrets that were sent out of a text.</param>
internal sealed partial class IbmErrors(IbmCredential credential, Func<string, string> mask) : ApiErrors(mask)
{
    private const string KeyNotFound = "BXNIM0415E";

    /// <summary>The error of a call for an access token.</summary>
    internal PgCloudException OfToken(ApiCall call, ApiAnswer answer)
    {
        if (answer.Outcome != ApiOutcome.Refused)
        {
            return Of(call, answer);
        }

        ApiFault fault = FaultOf(call, answer);
        return (credential, answer.Class) switch
        {
            (IbmApiKeyCredential, KeyNotFound) => PgErrors.ApiKeyInvalid(fault),
            (IbmPasscodeCredential, _) => PgErrors.PasscodeInvalid(fault),
            _ => PgErrors.Unauthorised(fault, "Check the API key, and that the endpoint is that of the account it belongs to."),
        };
    }

    /// <inheritdoc/>
    internal override ApiFault FaultOf(ApiCall call, ApiAnswer answer)
    {
        // Where no answer came, the id that was sent along is what IBM's support can look for.
        ApiFault fault = base.FaultOf(call, answer) with { IdName = "transaction id" };
        return fault.QueryId is null ? fault with { QueryId = call.Id } : fault;
    }

    /// <inheritdoc/>
    protected override string StatusPage => "https://cloud.ibm.com/status";

    /// <inheritdoc/>
    protected override PgCloudException OfServerFault(ApiCall call, ApiAnswer answer, ApiFault fault) =>
        IbmBrokerError.Read(fault.Message) is { } broker ? PgErrors.BrokerFailed(fault with { Message = broker.Words }) : base.OfServerFault(call, answer, fault);

    /// <inheritdoc/>
    protected override PgCloudException OfRefusal(ApiCall call, ApiAnswer answer, ApiFault fault)
    {
        string text = fault.Message ?? string.Empty;
        return answer.Status switch
        {
            < 400 => PgErrors.AnswerInvalid(fault),
            401 => PgErrors.Unauthorised(fault, Renewal()),
            403 => PgErrors.IbmForbidden(fault, RoleFor(call)),
            412 => PgErrors.ChangedMeanwhile(fault),
            _ => OfState(call, answer, fault, text) ?? OfBroker(fault, text) ?? OfStatus(call, answer.Status, fault, text),
        };
    }

    private static PgCloudException? OfState(ApiCall call, ApiAnswer answer, ApiFault fault, string text) =>
        PendingReclamation().IsMatch(text) ? PgErrors.InstancePendingReclamation(fault)
        : answer.Status == 423 || (answer.Status == 422 && Locked().IsMatch(text)) ? PgErrors.IbmInstanceLocked(fault)
        : Quota().IsMatch($"{fault.Class} {text}") ? PgErrors.IbmQuotaReached(fault)
        : IsZone(call) && answer.Status == 409 ? PgErrors.ZoneExists(fault)
        : IsRestriction(call) && NotEnabled().IsMatch(text) ? PgErrors.RestrictionNotOffered(fault)
        : IsZone(call) && answer.Status == 400 && Address().IsMatch($"{fault.Class} {text}") ? PgErrors.ApiAddressInvalid(fault)
        : null;

    private static PgCloudException? OfBroker(ApiFault fault, string text)
    {
        if (IbmBrokerError.Read(text) is not { } broker)
        {
            return null;
        }

        // In the broker's words, without what the resource controller puts around them.
        fault = fault with { Message = broker.Words };
        return broker.Status switch
        {
            409 when UnderWay().IsMatch(broker.Words) => PgErrors.ApiInstanceBusy(fault),
            409 => PgErrors.ApiConflict(fault),
            403 => PgErrors.IbmForbidden(fault, "a role on the service, or an authorisation between services such as that for an encryption key"),
            >= 500 => PgErrors.BrokerFailed(fault),
            _ when Members().IsMatch(broker.Words) => PgErrors.BrokerMembersInvalid(fault),
            _ when Storage().IsMatch(broker.Words) => PgErrors.BrokerStorageInvalid(fault),
            _ => PgErrors.BrokerRefused(fault),
        };
    }

    private static PgCloudException OfStatus(ApiCall call, int status, ApiFault fault, string text) => status switch
    {
        404 or 410 => NotThere(call, fault),
        400 when GroupMissing().IsMatch(text) => PgErrors.ResourceGroupUnknown(fault),
        409 or 422 => UnderWay().IsMatch(text) ? PgErrors.ApiInstanceBusy(fault) : PgErrors.ApiConflict(fault),
        _ => PgErrors.RequestRefused(fault),
    };

    private static PgCloudException NotThere(ApiCall call, ApiFault fault) => call.Path.Split('?', '/') switch
    {
        [_, _, "resource_instances", ..] when GroupMissing().IsMatch(fault.Message ?? string.Empty) => PgErrors.ResourceGroupUnknown(fault),
        [_, _, "resource_instances", _, ..] => PgErrors.ApiInstanceNotFound(fault),
        [_, _, "resource_keys", _, ..] => PgErrors.ApiUserNotFound(fault),
        [_, _, "resource_groups", _, ..] => PgErrors.ResourceGroupUnknown(fault),
        [_, _, "reclamations", _, ..] => PgErrors.ReclamationNotFound(fault),
        [_, _, "zones", _, ..] => PgErrors.ZoneNotFound(fault),
        [_, _, "rules", _, ..] => PgErrors.RuleNotFound(fault),
        _ => PgErrors.ApiObjectNotFound(fault),
    };

    // What each call needs, by IBM's documents on the services' roles.
    private static string RoleFor(ApiCall call) => call.Path.Split('?', '/') switch
    {
        [_, _, "resource_keys", ..] => "role Editor or Operator on the service, and Viewer on its resource group",
        [_, _, "resource_instances", ..] when call.Method == HttpMethod.Get => "role Viewer on the service and on its resource group",
        [_, _, "resource_instances", ..] or [_, _, "reclamations", ..] => "role Editor on the service, and Viewer on its resource group",
        [_, _, "zones", ..] => "role Editor on Context-based restrictions",
        [_, _, "rules", ..] => "role Administrator on the service that the rule is for",
        [_, _, "tags", ..] => "role Editor on the service whose instance is tagged",
        _ => "a role that allows it",
    };

    private static bool IsZone(ApiCall call) => call.Path.StartsWith("/v1/zones", StringComparison.Ordinal);

    private static bool IsRestriction(ApiCall call) => IsZone(call) || call.Path.StartsWith("/v1/rules", StringComparison.Ordinal);

    private string Renewal() => credential switch
    {
        IbmTokenCredential => "An access token lasts an hour: fetch a new one, with 'ibmcloud iam oauth-tokens' for example, or use an API key, "
            + "with which that is done for you.",
        IbmPasscodeCredential => "Sign in again with a new passcode.",
        _ => "Check that the API key is still there and not locked, and that the endpoint is that of the account it belongs to.",
    };

    [GeneratedRegex(@"pending.reclamation", RegexOptions.IgnoreCase)]
    private static partial Regex PendingReclamation();

    [GeneratedRegex(@"\block(ed)?\b", RegexOptions.IgnoreCase)]
    private static partial Regex Locked();

    [GeneratedRegex(@"quota|limit_(exceeded|reached)|\blimit\b.{0,40}\b(exceed|reach)|\b(exceed|reach).{0,40}\blimit\b", RegexOptions.IgnoreCase)]
    private static partial Regex Quota();

    [GeneratedRegex(@"not\s+(cbr[\s-]+)?enabled|cbr.not.enabled", RegexOptions.IgnoreCase)]
    private static partial Regex NotEnabled();

    [GeneratedRegex(@"address|subnet|ip.?range", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"in progress|under way|concurren|another operation|being (changed|updated|provisioned)", RegexOptions.IgnoreCase)]
    private static partial Regex UnderWay();

    [GeneratedRegex(@"^invalid members\b", RegexOptions.IgnoreCase)]
    private static partial Regex Members();

    [GeneratedRegex(@"^invalid storage size\b", RegexOptions.IgnoreCase)]
    private static partial Regex Storage();

    [GeneratedRegex(@"resource.?group.{0,80}(not|cannot|can't|invalid|unknown|exist)|(invalid|unknown).{0,20}resource.?group", RegexOptions.IgnoreCase)]
    private static partial Regex GroupMissing();
}
