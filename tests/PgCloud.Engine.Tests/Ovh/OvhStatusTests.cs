// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh;

public sealed class OvhStatusTests
{
    [Theory]
    [InlineData("CREATING", PgInstanceStatus.Creating, "")]
    [InlineData("READY", PgInstanceStatus.Ready, "")]
    [InlineData("UPDATING", PgInstanceStatus.Updating, "")]
    [InlineData("DELETING", PgInstanceStatus.Removing, "")]
    [InlineData("PENDING", PgInstanceStatus.Updating, "PENDING")]
    [InlineData("LOCKED", PgInstanceStatus.Locked, "LOCKED")]
    [InlineData("LOCKED_UPDATING", PgInstanceStatus.Updating, "LOCKED_UPDATING")]
    [InlineData("ERROR", PgInstanceStatus.Failed, "ERROR")]
    [InlineData("DRAINED", PgInstanceStatus.Unknown, "DRAINED")]
    [InlineData("DISK_FULL", PgInstanceStatus.Unknown, "DISK_FULL")]
    public void A_status_is_told_in_our_words_and_one_that_is_unknown_in_the_API_s(string word, PgInstanceStatus status, string detail)
    {
        PgInstance instance = OvhInstances.ToInstance(new OvhService { Id = "1", Status = new OvhEnum<OvhStatus>(word) });
        Assert.Equal((status, detail), (instance.Status, instance.StatusDetail));
    }

    [Fact]
    public void What_is_made_of_an_error_keeps_what_the_API_said()
    {
        PgCloudException refusal = PgErrors.ApiInstanceNotReady(new ApiFault("PUT /x", 409, "Client::Conflict::ServiceNotReady", "No", "EU.1"));
        PgCloudException failure = PgErrors.ChangeIncomplete("orders", ["name"], ["plan"], refusal);
        Assert.Equal(("Client::Conflict::ServiceNotReady", "EU.1"), (failure.ApiClass, failure.QueryId));
        Assert.Equal(refusal.Kind, failure.Kind);
    }
}
