// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh;

public sealed class OvhErrorTests
{
    public static TheoryData<int, string, string, PgErrorKind> Declared => new()
    {
        { 400, "Client::BadRequest::AtLeastOneNode", "Cloud.NodesInvalid", PgErrorKind.InvalidArgument },
        { 400, "Client::BadRequest::FlavorDiskSizeTooLow", "Cloud.DiskTooSmall", PgErrorKind.InvalidArgument },
        { 400, "Client::BadRequest::NoUpdate", "Cloud.NoUpdate", PgErrorKind.InvalidOperation },
        { 400, "Client::BadRequest::NodesFlavorMismatch", "Cloud.NodesInvalid", PgErrorKind.InvalidArgument },
        { 400, "Client::BadRequest::NodesRegionMismatch", "Cloud.NodesInvalid", PgErrorKind.InvalidArgument },
        { 400, "Client::BadRequest::NotEnoughNodes", "Cloud.NodesInvalid", PgErrorKind.InvalidArgument },
        { 400, "Client::BadRequest::OnlyNodeListOrPattern", "Cloud.NodesInvalid", PgErrorKind.InvalidArgument },
        { 400, "Client::BadRequest::TooManyNodes", "Cloud.NodesInvalid", PgErrorKind.InvalidArgument },
        { 400, "Client::BadRequest::UserInvalidNameFormat", "User.NameInvalid", PgErrorKind.InvalidArgument },
        { 401, "Client::Unauthorized::InvalidAuthToken", "Cloud.Unauthorised", PgErrorKind.Authentication },
        { 404, "Client::NotFound::AvailabilityDoesNotExistAnymore", "Cloud.OfferNotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::AvailabilityNotFound", "Cloud.OfferNotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::BackupNotFound", "Cloud.BackupNotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::BillingNotFound", "Cloud.NotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::EngineNameNotFound", "Cloud.OfferNotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::FlavorNameNotFound", "Cloud.FlavorNotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::InsertIpRestrictionsMultipleServices", "Cloud.RequestRefused", PgErrorKind.InvalidArgument },
        { 404, "Client::NotFound::InvalidMetricName", "Cloud.MetricNotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::InvalidNodeNumber", "Cloud.NodesInvalid", PgErrorKind.InvalidArgument },
        { 404, "Client::NotFound::IpRestrictionAlreadyExists", "Network.AddressExists", PgErrorKind.Exists },
        { 404, "Client::NotFound::IpRestrictionIDNotFound", "Network.AddressNotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::IpRestrictionInvalidFormat", "Network.AddressInvalid", PgErrorKind.InvalidArgument },
        { 404, "Client::NotFound::IpRestrictionNotFound", "Network.AddressNotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::NoMatchingAvailability", "Cloud.OfferNotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::NodeNameNotFound", "Cloud.NodeNotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::NodeNotFound", "Cloud.NodeNotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::OrganizationNotFound", "Cloud.NotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::PlanInvalidUpgrade", "Cloud.PlanChangeRefused", PgErrorKind.InvalidArgument },
        { 404, "Client::NotFound::PlanNotFound", "Cloud.PlanNotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::RegionNotFound", "Cloud.RegionNotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::RoleNotFound", "User.RoleNotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::ServiceNotFound", "Instance.NotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::SslCertificateNotFound", "Cloud.NotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::UserNotFound", "User.NotFound", PgErrorKind.NotFound },
        { 404, "Client::NotFound::VersionNotFound", "Cloud.VersionNotFound", PgErrorKind.NotFound },
        { 409, "Client::Conflict::ServiceLocked", "Instance.Locked", PgErrorKind.InvalidState },
        { 409, "Client::Conflict::ServiceNotReady", "Instance.NotReady", PgErrorKind.InvalidState },
        { 409, "Client::Conflict::ServiceOnlyOneModification", "Instance.Busy", PgErrorKind.Unavailable },

        // Met, but declared nowhere; then such as nobody has met yet.
        { 409, "Client::Conflict::PostgresUserAlreadyExist", "User.Exists", PgErrorKind.Exists },
        { 409, "Client::Conflict::RedisUserAlreadyExist", "User.Exists", PgErrorKind.Exists },
        { 404, "Client::NotFound::NoMatchingCompute", "Cloud.OfferNotFound", PgErrorKind.NotFound },
        { 403, "Client::Forbidden", "Cloud.Forbidden", PgErrorKind.PermissionDenied },
        { 403, "Client::Forbidden::QuotaReached", "Cloud.QuotaReached", PgErrorKind.InvalidState },
        { 409, "Client::Conflict::DeletionProtection", "Instance.Protected", PgErrorKind.InvalidState },
        { 400, "Client::BadRequest::SomethingNew", "Cloud.RequestRefused", PgErrorKind.InvalidArgument },
        { 404, "Client::NotFound::SomethingNew", "Cloud.NotFound", PgErrorKind.NotFound },
        { 409, "Client::Conflict::SomethingNew", "Cloud.Conflict", PgErrorKind.InvalidState },
        { 460, "Client::Expired", "Cloud.Expired", PgErrorKind.InvalidState },
    };

    [Theory]
    [MemberData(nameof(Declared))]
    public async Task Every_class_has_its_id_and_comes_with_message_and_query_id(int status, string errorClass, string id, PgErrorKind kind)
    {
        using var server = new ApiServer(_ => Reply.Error(status, errorClass, "In the API's words."));
        using OvhClient client = Ovh.Client(server);
        PgCloudException failure = await Ovh.FailsAsync(
            "PgCloud." + id, () => client.GetAsync<Thing>("/cloud/project/p/database/postgresql/1?secret=x", new Heard(), default));
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(errorClass, failure.Message, StringComparison.Ordinal);
        Assert.Contains("In the API's words (query id EU.ext-1.0).", failure.Message, StringComparison.Ordinal);
        Assert.Equal((errorClass, "EU.ext-1.0"), (failure.ApiClass, failure.QueryId));
        Assert.Equal((null, "GET /cloud/project/p/database/postgresql/1"), (failure.Target, failure.ApiCall));
        Assert.False(string.IsNullOrEmpty(failure.RecommendedAction));
        Assert.Equal(1, server.Count("/cloud/project/p/database/postgresql/1"));
    }

    [Theory]
    [InlineData("This credential cannot be used from your address", "CallerAddressForbidden")]
    [InlineData("Your IP is not allowed", "CallerAddressForbidden")]
    [InlineData("You may not do this recipe", "Forbidden")]
    public async Task A_key_that_is_for_other_addresses_is_no_missing_rule(string message, string id)
    {
        using var server = new ApiServer(_ => Reply.Error(403, "FORBIDDEN", message));
        using OvhClient client = Ovh.Client(server);
        PgCloudException failure = await Ovh.FailsAsync("PgCloud.Cloud." + id, () => client.GetAsync<Thing>("/x", new Heard(), default));
        Assert.Equal(PgErrorKind.PermissionDenied, failure.Kind);
        Assert.Equal(id == "Forbidden", failure.Message.Contains("the access rule", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_to_what_is_so_already_is_none_to_complain_of()
    {
        using var server = new ApiServer(_ => Reply.Error(400, OvhErrorTable.NoUpdate, "No update required"));
        using OvhClient client = Ovh.Client(server);
        await client.PutAsync("/x", new { }, new Heard(), default);
        Assert.Equal(1, server.Count("/x"));
    }

    [Fact]
    public void No_class_of_the_table_is_left_out_of_this_test() =>
        Assert.Empty(OvhErrorTable.Classes.Except(Declared.Select(row => (string)row[1])));

    [Theory]
    [InlineData(403, "NOT_GRANTED_CALL", "This call has not been granted", "Forbidden", "the access rule GET /cloud/project/p/database/postgresql")]
    [InlineData(403, "FORBIDDEN", "No", "Forbidden", "the access rule GET /cloud/project/p/database/postgresql")]
    [InlineData(403, "NOT_CREDENTIAL", "This credential does not exist", "ConsumerKeyInvalid", "This credential does not exist")]
    [InlineData(403, "INVALID_CREDENTIAL", "This credential is not valid", "ConsumerKeyInvalid", "This credential is not valid")]
    [InlineData(403, "INVALID_KEY", "Invalid key", "Unauthorised", "INVALID_KEY")]
    [InlineData(400, "INVALID_SIGNATURE", "Invalid signature", "Unauthorised", "Invalid signature")]
    [InlineData(400, "SOMETHING_NEW", "Received not described parameters", "RequestRefused", "Received not described parameters")]
    [InlineData(404, "NOT_FOUND", "The requested object (serviceName = p) does not exist", "ProjectNotFound", "serviceName = p")]
    public async Task The_gateway_s_own_errors_are_known(int status, string code, string message, string id, string words)
    {
        using var server = new ApiServer(_ => Reply.Gateway(status, code, message));
        using OvhClient client = Ovh.Client(server);
        PgCloudException failure = await Ovh.FailsAsync(
            "PgCloud.Cloud." + id, () => client.GetAsync<Thing>("/cloud/project/p/database/postgresql", new Heard(), default));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Contains(code, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Client::Forbidden")]
    [InlineData("Client::Forbidden::SomethingNew")]
    public async Task A_database_that_the_pools_do_not_know_yet_is_no_missing_right(string errorClass)
    {
        using var server = new ApiServer(_ => Reply.Error(403, errorClass, "Service database 'x' does not exist"));
        using OvhClient client = Ovh.Client(server);
        PgCloudException failure = await Ovh.FailsAsync(
            "PgCloud.Pool.DatabaseNotReady", () => client.PostAsync<Thing>("/x", new { }, new Heard(), default));
        Assert.Contains("Service database 'x' does not exist", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_right_of_IAM_is_named()
    {
        const string Action = "publicCloudProject:apiovh:database/postgresql/create";
        using var server = new ApiServer(_ => new Reply(403, $$"""
            {"class":"Client::Forbidden","message":"User not granted for this request","details":{"unauthorizedActionsByIAM":"{{Action}}"} }
            """));
        using OvhClient client = Ovh.Client(server);
        PgCloudException failure = await Ovh.FailsAsync("PgCloud.Cloud.Forbidden", () => client.PostAsync<Thing>("/x", new { }, new Heard(), default));
        Assert.Contains($"the IAM action {Action}", failure.Message, StringComparison.Ordinal);
        Assert.Contains(Action, failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(302, "PgCloud.Cloud.Redirected")]
    [InlineData(200, "PgCloud.Cloud.AnswerInvalid")]
    public async Task A_login_page_is_no_answer(int status, string id)
    {
        using var server = new ApiServer(_ => new Reply(status, "<html><title>Log in</title></html>")
        {
            ContentType = "text/html",
            Headers = new() { ["Location"] = "/elsewhere" },
        });
        using OvhClient client = Ovh.Client(server);
        await Ovh.FailsAsync(id, () => client.GetAsync<Thing>("/x", new Heard(), default));
        Assert.Equal(0, server.Received.Count(r => r.Path == "/elsewhere"));
    }

    [Fact]
    public async Task Secrets_are_in_no_message_and_no_report_though_the_API_echoes_them()
    {
        // It fails once, in a way that is reported, then refuses; both with all it was sent.
        int calls = 0;
        using var server = new ApiServer(call =>
        {
            if (call.Path == "/auth/oauth2/token")
            {
                return Reply.Json("""{"access_token":"very-secret-token","expires_in":3600}""");
            }

            string echo = string.Join(' ', call.Headers.AllKeys.Select(k => $"{k}={call.Headers[k]}")) + $" {Ovh.ApplicationSecret} {Ovh.ClientSecret}";
            return Reply.Error(Interlocked.Increment(ref calls) % 2 == 1 ? 500 : 400, "Client::Echo", echo);
        });
        var heard = new Heard();
        foreach (Func<OvhClient> make in new[] { () => Ovh.Client(server), new Func<OvhClient>(() => Ovh.ServiceAccount(server)) })
        {
            using OvhClient client = make();
            PgCloudException failure = await Ovh.FailsAsync(
                "PgCloud.Cloud.RequestRefused", () => client.PutAsync("/x", new { password = "hunter2" }, heard, default));
            string[] secrets = failure.Message.Contains("Bearer", StringComparison.Ordinal)
                ? ["very-secret-token", Ovh.ClientSecret]
                : [Ovh.ApplicationSecret, Ovh.ConsumerKey, "$1$"];
            string seen = string.Join('\n', [.. heard.Steps, failure.ToString(), failure.RecommendedAction, client.ToString()]);
            Assert.All([.. secrets, "hunter2"], s => Assert.DoesNotContain(s, seen, StringComparison.Ordinal));
        }

        Assert.NotEmpty(heard.Steps);
    }
}
