// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Pools;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>What is sent for a pool, and what is made of answers that the emulator does not give.</summary>
public sealed class OvhPoolWireTests
{
    private const string Uri = "postgres://<username>:<password>@postgresql-1-o2.database.cloud.ovh.net:20185/web?sslmode=require";

    private static readonly PgInstance Instance = Ovh.Instance("i");

    private readonly Heard _heard = new();

    [Theory]
    [InlineData("transaction", null, "require", Uri, "Transaction", null, "Require", "postgresql-1-o2.database.cloud.ovh.net")]
    [InlineData("adaptive", "u", "prefer", "", "adaptive", "app", "prefer", "fallback.example")]
    [InlineData("SESSION", "gone", null, "postgres://h:1", "Session", "gone", "", "h")]
    public async Task A_pool_is_read(
        string mode, string? user, string? tls, string uri, string expectedMode, string? expectedUser, string expectedTls, string host)
    {
        using var server = new ApiServer(Api(new JObject
        {
            ["id"] = "p", ["name"] = "web", ["databaseId"] = "d", ["mode"] = mode, ["size"] = 5, ["port"] = 20185, ["sslMode"] = tls, ["uri"] = uri,
            ["userId"] = user,
        }));
        using OvhClient client = Ovh.Client(server);
        PgConnectionPool pool = Assert.Single(await PoolsOf(client).GetAsync(Instance, _heard, CancellationToken.None));
        Assert.Equal((expectedMode, expectedUser, expectedTls), (pool.Mode, pool.UserName, pool.TlsMode));
        Assert.Equal((host, 20185, "shop", user), (pool.HostName, pool.Port, pool.Database, pool.UserId));
    }

    [Fact]
    public async Task A_pool_whose_database_has_gone_shows_its_id()
    {
        using var server = new ApiServer(Api(new JObject { ["id"] = "p", ["name"] = "web", ["databaseId"] = "gone", ["mode"] = "session", ["size"] = 5 }));
        using OvhClient client = Ovh.Client(server);
        PgConnectionPool pool = Assert.Single(await PoolsOf(client).GetAsync(Instance, _heard, CancellationToken.None));
        Assert.Equal(("gone", null), (pool.Database, pool.UserName));
    }

    [Fact]
    public async Task Only_what_differs_is_sent()
    {
        var pool = new JObject { ["id"] = "p", ["name"] = "web", ["databaseId"] = "d", ["mode"] = "session", ["size"] = 5, ["userId"] = "u" };
        using var server = new ApiServer(Api(pool));
        using OvhClient client = Ovh.Client(server);
        await PoolsOf(client).SetAsync(Instance, "web", new PoolChangeRequest { Size = 6, Mode = PgPoolMode.Session, Database = "shop" }, _heard, default);
        await PoolsOf(client).SetAsync(Instance, "web", new PoolChangeRequest { AnyUser = true, Size = 5 }, _heard, default);
        await PoolsOf(client).SetAsync(Instance, "web", new PoolChangeRequest { Mode = PgPoolMode.Transaction }, _heard, default);
        Assert.Equal(
            ["""{"size":6}""", """{"userId":null}""", """{"mode":"transaction"}"""],
            server.Received.Where(r => r.Method == "PUT").Select(r => r.Body));
    }

    [Fact]
    public async Task A_pool_for_all_users_is_made_without_one()
    {
        using var server = new ApiServer(Api(new JObject { ["id"] = "p", ["name"] = "other", ["databaseId"] = "d", ["mode"] = "session", ["size"] = 5 }));
        using OvhClient client = Ovh.Client(server);
        await PoolsOf(client).CreateAsync(Instance, new NewPoolRequest("web", "shop", PgPoolMode.Statement, 3), _heard, default);
        Assert.Equal(
            """{"name":"web","databaseId":"d","mode":"statement","size":3}""", Assert.Single(server.Received, r => r.Method == "POST").Body);
    }

    [Fact]
    public async Task A_database_that_the_pools_never_know_is_an_error_in_the_end()
    {
        using var server = new ApiServer(r => r.Method == "POST"
            ? Reply.Error(403, "Client::Forbidden", "Service database 'shop' does not exist")
            : r.Path.EndsWith("/database", StringComparison.Ordinal) ? Reply.Json("""[{"id":"d","name":"shop"}]""") : Reply.Json("[]"));
        using OvhClient client = Ovh.Client(server);
        await Ovh.FailsAsync(
            "PgCloud.Pool.DatabaseNotReady",
            () => PoolsOf(client).CreateAsync(Instance, new NewPoolRequest("web", "shop", PgPoolMode.Session, 3), _heard, default));
        Assert.True(server.Received.Count(r => r.Method == "POST") > 1);
    }

    private static Func<Received, Reply> Api(JObject pool) => received => received.Path.Split('/')[^1] switch
    {
        "connectionPool" when received.Method == "GET" => Reply.Json($"[{pool}]"),
        "database" => Reply.Json("""[{"id":"d","name":"shop","default":false}]"""),
        "user" => Reply.Json("""[{"id":"u","username":"app","status":"READY"}]"""),
        _ => Reply.Json(pool.ToString()),
    };

    private static OvhPools PoolsOf(OvhClient client)
    {
        OvhProject project = Ovh.Project(client);
        return new OvhPools(project, Ovh.Patience(project)) { DatabaseTimeout = TimeSpan.FromMilliseconds(100) };
    }
}
