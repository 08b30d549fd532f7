// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ibm;

public sealed class IbmErrorTests
{
    private const string Instance = "/v2/resource_instances/95004d03-9fec-443b-9f6e-083f2b25e73a";
    private const string Broker = "The broker for 'Databases for PostgreSQL' service returned error, ";
    private const string Advice = " If this is unexpected, open a support ticket with the service to help troubleshoot the issue.";

    public static TheoryData<string, int, string, string, PgErrorKind, string> Answers => new()
    {
        // The resource controller; the words are those of its documents and of its users.
        { "POST /v2/resource_instances", 400, Rc("RC-ServiceBrokerErrorResponse", $"{Broker}[400, Bad Request] invalid members '5', allowed values: 2, 3.{Advice}"), "Cloud.NodesInvalid", PgErrorKind.InvalidArgument, "RC-ServiceBrokerErrorResponse: invalid members '5', allowed values: 2, 3 (transaction id bss-1)." },
        { "POST /v2/resource_instances", 400, Rc("RC-ServiceBrokerErrorResponse", $"{Broker}[400, Bad Request] invalid storage size '10000', only integer values between 10 and 9600 are allowed.{Advice}"), "Cloud.DiskInvalid", PgErrorKind.InvalidArgument, "invalid storage size '10000', only integer values between 10 and 9600 are allowed (transaction id" },
        { "POST /v2/resource_keys", 400, Rc("RC-ServiceBrokerErrorResponse", $"{Broker}[400, Bad Request] error parsing request, JSON is malformed"), "Cloud.BrokerRefused", PgErrorKind.InvalidArgument, "error parsing request, JSON is malformed" },
        { "PATCH " + Instance, 400, Rc("RC-ServiceBrokerErrorResponse", "Service Broker returned error status code 403"), "Cloud.Forbidden", PgErrorKind.PermissionDenied, "Service Broker returned error status code 403" },
        { "POST /v2/resource_instances", 400, Rc("RC-ServiceBrokerErrorResponse", "[500, Internal Server Error] We were unable to complete your request. Try again later or contact support if the issue persists."), "Cloud.BrokerFailed", PgErrorKind.Unavailable, "We were unable to complete your request" },
        { "PATCH " + Instance, 422, Rc("RC-ServiceBrokerErrorResponse", $"{Broker}[409, Conflict] another operation is in progress"), "Instance.Busy", PgErrorKind.Unavailable, "another operation is in progress" },
        { "PATCH " + Instance, 422, Rc("RC-ServiceBrokerErrorResponse", $"{Broker}[409, Conflict] no"), "Cloud.Conflict", PgErrorKind.InvalidState, ": no (" },
        { "PATCH " + Instance, 422, Rc("RC-X", "The instance is being changed. Try again later."), "Instance.Busy", PgErrorKind.Unavailable, "being changed" },
        { "DELETE " + Instance, 422, Rc("RC-InstanceLocked", "The resource instance is locked."), "Instance.Locked", PgErrorKind.InvalidState, "The resource instance is locked" },
        { "DELETE " + Instance, 423, Rc("RC-InstanceLocked", "No."), "Instance.Locked", PgErrorKind.InvalidState, "423 RC-InstanceLocked: No" },
        { "DELETE " + Instance + "/last_operation", 422, Rc("RC-X", "The instance is not cancelable."), "Cloud.Conflict", PgErrorKind.InvalidState, "The instance is not cancelable" },
        { "PATCH " + Instance, 400, """{"message":"Instance is pending reclamation. Please restore the instance and retry.","status_code":400,"transaction_id":"bss-1"}""", "Instance.PendingReclamation", PgErrorKind.InvalidState, "Please restore the instance and retry" },
        { "POST /v2/resource_instances", 422, """{"message":"Instance is pending reclamation. Please restore the instance and retry.","status_code":422,"transaction_id":"bss-1"}""", "Instance.PendingReclamation", PgErrorKind.InvalidState, "Instance is pending reclamation" },
        { "POST /v2/resource_instances", 400, Rc("RC-X", "The resource group cannot be found: nowhere"), "Cloud.ResourceGroupNotFound", PgErrorKind.NotFound, "nowhere" },
        { "POST /v2/resource_instances", 404, Rc("RC-X", "The resource group cannot be found: nowhere"), "Cloud.ResourceGroupNotFound", PgErrorKind.NotFound, "nowhere" },
        { "POST /v2/resource_instances", 400, Rc("RC-X", "You have reached the limit of 100 instances."), "Cloud.QuotaReached", PgErrorKind.InvalidState, "100 instances" },
        { "POST /v2/resource_instances", 403, Rc("RC-IamErrorResponse", "You are not authorized to perform this action."), "Cloud.Forbidden", PgErrorKind.PermissionDenied, "it takes role Editor on the service" },
        { "POST /v2/resource_keys", 403, Rc("RC-IamErrorResponse", "No."), "Cloud.Forbidden", PgErrorKind.PermissionDenied, "role Editor or Operator on the service" },
        { "GET " + Instance, 403, """{"errors":[{"code":"not_authorized","message":"the provided token is not authorized"}],"trace":"bss-1"}""", "Cloud.Forbidden", PgErrorKind.PermissionDenied, "not_authorized: the provided token is not authorized" },
        { "PATCH " + Instance, 404, Rc("RC-DatabaseErrorResponse", "The resource instance cannot be found: crn:x"), "Instance.NotFound", PgErrorKind.NotFound, "crn:x" },
        { "PATCH " + Instance, 410, Rc("RC-X", "The resource instance is removed."), "Instance.NotFound", PgErrorKind.NotFound, "is removed" },
        { "PATCH /v2/resource_keys/k", 404, """{"details":"status_code=404 error=not_found reason=missing","error_code":"RC-DatabaseErrorResponse","message":"The resource key cannot be found: crn:k","status_code":404,"transaction_id":"bss-1"}""", "User.NotFound", PgErrorKind.NotFound, "The resource key cannot be found: crn:k (status_code=404 error=not_found reason=missing)" },
        { "POST /v1/reclamations/r/actions/restore", 404, Rc("RC-X", "no"), "Instance.ReclamationNotFound", PgErrorKind.NotFound, "no" },
        { "GET /v2/resource_instances", 400, Rc("RC-X", "Something new."), "Cloud.RequestRefused", PgErrorKind.InvalidArgument, "RC-X: Something new" },
        { "GET /v2/resource_instances", 501, Rc("RC-X", "Not here."), "Cloud.RequestRefused", PgErrorKind.InvalidArgument, "Not here" },

        // Context-based restrictions.
        { "PUT /v1/rules/r", 404, Cbr("rule_not_found_in_store", "The rule 'r' is not found in store."), "Network.RuleNotFound", PgErrorKind.NotFound, "rule_not_found_in_store: The rule 'r' is not found in store" },
        { "PUT /v1/zones/z", 404, Cbr("zone_not_found", "No zone."), "Network.ZoneNotFound", PgErrorKind.NotFound, "No zone" },
        { "POST /v1/zones", 409, Cbr("duplicate", "A zone of that name exists."), "Network.ZoneExists", PgErrorKind.Exists, "A zone of that name exists" },
        { "POST /v1/zones", 400, Cbr("invalid_address", "The address 1.2.3 is not valid."), "Network.AddressInvalid", PgErrorKind.InvalidArgument, "1.2.3" },
        { "POST /v1/rules", 400, Cbr("invalid", "The service is not cbr enabled."), "Network.RestrictionNotOffered", PgErrorKind.NotSupported, "not cbr enabled" },
        { "PUT /v1/zones/z", 412, Cbr("precondition", "If-Match."), "Cloud.ChangedMeanwhile", PgErrorKind.InvalidState, "If-Match" },
        { "PUT /v1/zones/z", 403, Cbr("forbidden", "No."), "Cloud.Forbidden", PgErrorKind.PermissionDenied, "role Editor on Context-based restrictions" },

        // The others.
        { "GET /api/v1/x", 401, "Token expired", "Cloud.Unauthorised", PgErrorKind.Authentication, "401: Token expired" },
        { "GET /v2/resource_groups/g", 404, """{"error":"not found"}""", "Cloud.ResourceGroupNotFound", PgErrorKind.NotFound, "404: not found" },
        { "GET /v3/tags", 302, "<html><title>Log in</title></html>", "Cloud.Redirected", PgErrorKind.Security, "302" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_answer_has_its_id_and_IBM_s_words(string call, int status, string body, string id, PgErrorKind kind, string words)
    {
        using ApiServer server = Ibm.Server(new Reply(status, body) { ContentType = body.StartsWith('{') ? "application/json" : "text/html" });
        using IbmClient client = Ibm.Client(server);
        PgCloudException failure = await Failure.ExpectAsync("PgCloud." + id, () => MakeAsync(client, call));
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("support ticket", failure.Message, StringComparison.Ordinal);
        Assert.Equal((null, call), (failure.Target, failure.ApiCall));
        Assert.False(string.IsNullOrEmpty(failure.RecommendedAction));
        if (body.Contains("bss-1", StringComparison.Ordinal))
        {
            Assert.Equal("bss-1", failure.QueryId);
        }

        if (status != 401)
        {
            Assert.Equal(1, server.Received.Count(r => r.Path != Ibm.TokenPath));
        }
    }

    [Theory]
    [InlineData("Transaction-Id")]
    [InlineData("X-Correlation-Id")]
    [InlineData("X-Request-Id")]
    [InlineData("Request-Id")]
    public async Task The_transaction_id_is_taken_from_a_header_where_the_body_has_none(string header)
    {
        using ApiServer server = Ibm.Server(new Reply(400, "{}") { Headers = new() { [header] = "from-the-header" } });
        using IbmClient client = Ibm.Client(server);
        PgCloudException failure = await Failure.ExpectAsync("PgCloud.Cloud.RequestRefused", () => MakeAsync(client, "GET /v3/tags"));
        Assert.Equal("from-the-header", failure.QueryId);
        Assert.Contains("by the transaction id", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_answer_came_it_is_the_one_that_was_sent_along()
    {
        using ApiServer server = Ibm.Server(Reply.Json("{}") with { IsCutBefore = true });
        using IbmClient client = Ibm.Client(server);
        PgCloudException failure = await Failure.ExpectAsync("PgCloud.Cloud.OutcomeUnknown", () => MakeAsync(client, "POST /v2/resource_keys"));
        Assert.StartsWith("pgcloud-", failure.QueryId, StringComparison.Ordinal);
        Assert.Equal(failure.QueryId, server.Received[^1].Headers["Transaction-Id"]);
        Assert.Contains($"(transaction id {failure.QueryId})", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrapped_conflict_is_known_in_the_details_too()
    {
        using ApiServer server = Ibm.Server(new Reply(422, """
            {"error_code":"RC-ServiceBrokerErrorResponse","message":"The broker for 'x' service returned error, [409, Conflict]",
             "details":"{\"description\":\"an operation is in progress\"}","status_code":422,"transaction_id":"bss-1"}
            """));
        using IbmClient client = Ibm.Client(server);
        PgCloudException failure = await Failure.ExpectAsync("PgCloud.Instance.Busy", () => MakeAsync(client, "PATCH " + Instance));
        Assert.Contains("an operation is in progress", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_that_is_refused_inside_of_a_200_is_an_error()
    {
        using ApiServer server = Ibm.Server(Reply.Json("""{"results":[{"resource_id":"crn:x","is_error":true,"message":"Not allowed."}]}"""));
        using IbmClient client = Ibm.Client(server);
        var tags = new IbmTags(client);
        PgCloudException failure = await Failure.ExpectAsync("PgCloud.Cloud.TagsRefused", () => tags.AttachAsync("crn:x", ["a"], new Heard(), default));
        Assert.Equal("crn:x", failure.Target);
        Assert.Contains("Not allowed.", failure.Message, StringComparison.Ordinal);
        Assert.Equal("""{"resources":[{"resource_id":"crn:x"}],"tag_names":["a"]}""", server.Received[^1].Body);
    }

    [Fact]
    public async Task Secrets_are_in_no_message_and_no_report_though_the_API_echoes_them()
    {
        const string Jwt = "eyJraWQiOiIyMDI2MDcifQ.eyJpYW1faWQiOiJJQk1pZCJ9.c2lnbmF0dXJl";
        foreach (IbmCredential credential in new IbmCredential[]
        {
            new IbmApiKeyCredential(Passwords.FromCharacters(Ibm.ApiKey)),
            new IbmPasscodeCredential(Passwords.FromCharacters("passcode-hunter2")),
            new IbmTokenCredential(Passwords.FromCharacters("given-hunter2-token")),
        })
        {
            int calls = 0, tokens = 0;
            string secret = Passwords.Use(credential.Secret, c => new string(c));
            using var server = new ApiServer(call =>
            {
                if (call.Path == Ibm.TokenPath)
                {
                    // The next one is asked for with the refresh token, and refused.
                    return Interlocked.Increment(ref tokens) == 1
                        ? Ibm.Token("very-secret-token", refresh: "very-secret-refresh")
                        : Echo(400, call, $"{secret} {(credential is IbmPasscodeCredential ? "very-secret-refresh" : string.Empty)}");
                }

                return Echo(Interlocked.Increment(ref calls) switch { 1 => 500, 2 => 400, _ => 401 }, call, $"{secret} {(credential is IbmTokenCredential ? string.Empty : "very-secret-token")}");
            });
            using IbmClient client = Ibm.Client(server, credential);
            var heard = new Heard();
            PgCloudException[] failures =
            [
                await Assert.ThrowsAsync<PgCloudException>(() => client.GetAsync<IbmInstance>(IbmService.ResourceController, "/x", heard, default)),
                await Assert.ThrowsAsync<PgCloudException>(() => client.PatchAsync<IbmInstance>(
                    IbmService.ResourceController, "/x", new { password = "hunter2" }, heard, default)),
            ];
            string seen = string.Join('\n', [.. heard.Steps, .. failures.Select(f => $"{f} {f.ApiClass} {f.RecommendedAction} {f.Target}"), credential.ToString(), client.ToString()]);
            Assert.Contains("***", seen, StringComparison.Ordinal);
            Assert.All(
                [secret, "hunter2", "very-secret", "eyJpYW1", "c2lnbmF0dXJl"], hidden => Assert.DoesNotContain(hidden, seen, StringComparison.Ordinal));
        }

        static Reply Echo(int status, Received call, string token) => new(status, Rc(
            "RC-Echo", $"{call.Headers["Authorization"]} {call.Body.Replace('"', '\'')} {token} {Jwt}"));
    }

    private static string Rc(string code, string message) =>
        $$"""{"error_code":"{{code}}","message":"{{message}}","status_code":400,"transaction_id":"bss-1"}""";

    private static string Cbr(string code, string message) =>
        $$$"""{"trace":"bss-1","errors":[{"code":"{{{code}}}","message":"{{{message}}}","target":{"type":"parameter","name":"id","value":"x"}}],"status_code":404}""";

    private static Task MakeAsync(IbmClient client, string call)
    {
        string[] parts = call.Split(' ');
        IReporter heard = new Heard();
        return parts[0] switch
        {
            "GET" => client.GetAsync<IbmInstance>(IbmService.ResourceController, parts[1], heard, default),
            "POST" => client.PostAsync<IbmInstance>(IbmService.ResourceController, parts[1], new { }, heard, default),
            "PATCH" => client.PatchAsync<IbmInstance>(IbmService.ResourceController, parts[1], new { }, heard, default),
            "PUT" => client.PutAsync<IbmInstance>(IbmService.ContextBasedRestrictions, parts[1], new { }, "e", heard, default),
            _ => client.DeleteAsync<IbmInstance>(IbmService.ResourceController, parts[1], heard, default),
        };
    }
}
