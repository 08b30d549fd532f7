// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>A service of another engine is never taken for an instance.</summary>
public sealed class OvhEngineGuardTests
{
    [Theory]
    [InlineData(ScriptedCloud.Id)]
    [InlineData("orders-mysql")]
    public async Task A_service_of_another_engine_is_not_found_by_its_id_or_name(string nameOrId)
    {
        const string MySql = $$"""{"id":"{{ScriptedCloud.Id}}","description":"orders-mysql","engine":"mysql","status":"READY","version":"8","plan":"essential"}""";
        using var script = new ScriptedCloud(call => call switch
        {
            // What the API has of all engines.
            _ when call.EndsWith("/database/service", StringComparison.Ordinal) => Reply.Json($"[{MySql}]"),
            _ when call.Contains("/database/service/", StringComparison.Ordinal) => Reply.Json(MySql),
            _ when call.EndsWith("/database/postgresql", StringComparison.Ordinal) => Reply.Json("[]"),
            _ => Reply.Error(404, "Client::NotFound::ServiceNotFound", "no such service"),
        });
        var provider = new OvhProvider(script.Project);
        Assert.Null(await provider.FindInstanceAsync(nameOrId, new Heard(), CancellationToken.None));
        Assert.Empty(await provider.GetInstancesAsync(new Heard(), CancellationToken.None));
    }
}
