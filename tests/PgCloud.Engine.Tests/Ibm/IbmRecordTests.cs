// SPDX-License-Identifier: MIT

using System.Security;
using Newtonsoft.Json.Linq;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ibm;

public sealed class IbmRecordTests
{
    private const string Host = "95004d03-9fec-443b-9f6e-083f2b25e73a.private.uhp.postgresql.us-east.dataservices.appdomain.cloud";

    [Fact]
    public async Task An_instance_is_read_as_IBM_documents_it()
    {
        IbmInstance instance = await ReadAsync<IbmInstance>(Active);
        Assert.Equal(("Databases for PostgreSQL-3b", "95004d03-9fec-443b-9f6e-083f2b25e73a"), (instance.Name, instance.Guid));
        Assert.Equal((IbmInstanceState.Active, "us-east", false), (instance.State.Known, instance.RegionId, instance.Locked));
        Assert.Equal((IbmOperationState.Succeeded, "create", true), (instance.LastOperation!.State.Known, instance.LastOperation.Type, instance.LastOperation.Cancelable));
        Assert.Equal(new DateTimeOffset(2026, 7, 2, 14, 4, 29, TimeSpan.Zero), instance.CreatedAt!.Value.AddTicks(-instance.CreatedAt.Value.Ticks % TimeSpan.TicksPerSecond));
        Assert.Equal(TimeSpan.Zero, instance.CreatedAt.Value.Offset);
        Assert.Null(instance.DeletedAt);
        IbmPostgres postgres = instance.Postgres!;
        Assert.Equal((10L, 2, "bx3d.4x20", "18", 4, 20d), (postgres.StorageGb, postgres.Members, postgres.HostFlavor, postgres.Version, postgres.CpuCount, postgres.MemoryGb));
        Assert.Equal(115L, postgres.Configuration!["max_connections"]);
        IbmConnection connection = instance.Extensions!.Dataservices!.Connection!;
        Assert.Equal((new IbmHost(Host, 5432), "postgres", "verify-full", null), (connection.Hosts[0], connection.Database, connection.SslMode, connection.CertificatePem));
        Assert.Equal((null, null), (connection.User, connection.Password));
        Assert.Equal(["10.51.217.34", "10.51.219.57"], instance.Extensions.VirtualPrivateEndpoints!.Endpoints.Select(e => e.IpAddress));
        Assert.Equal("Databases for PostgreSQL-3b (95004d03-9fec-443b-9f6e-083f2b25e73a)", instance.ToString());
    }

    [Fact]
    public async Task An_instance_that_is_being_made_has_what_it_was_asked_to_be()
    {
        IbmInstance instance = await ReadAsync<IbmInstance>("""
            {"guid":"g","name":"n","state":"provisioning","created_at":"","deleted_at":null,"dashboard_url":null,
             "parameters":{"dataservices":{"postgresql":{"storage_gb":"10","members":"3","version":"18"}},"service_endpoints":"private"},
             "last_operation":{"type":"create","state":"in progress","async":true,"description":"Provision in progress","cancelable":true,"poll":true},
             "controlled_by":"","locked":false,"onetime_credentials":false}
            """);
        Assert.Equal((IbmInstanceState.Provisioning, IbmOperationState.InProgress), (instance.State.Known, instance.LastOperation!.State.Known));
        Assert.Equal((10L, 3), (instance.Postgres!.StorageGb, instance.Postgres.Members));
        Assert.Null(instance.Extensions);
        Assert.Null(instance.CreatedAt);
    }

    [Fact]
    public async Task Answers_of_another_date_and_words_nobody_knows_pass()
    {
        IbmInstance instance = await ReadAsync<IbmInstance>("""
            {"guid":"g","state":"hibernating","new":{"deep":[1]},"last_operation":{"state":"queued"},
             "extensions":{"dataservices":{"resources":{"database":{"storage_gb":12,"members":2,"host_flavor":"bxf.4x16"}},
               "virtual_private_endpoints":{"dns_hosts":["*"],"endpoints":[{"ip_address":"10.0.0.1","zone":"ca-mon-1"}]}}}}
            """);
        Assert.Equal(("hibernating", null), (instance.State.Text, instance.State.Known));
        Assert.Equal(("queued", null), (instance.LastOperation!.State.Text, instance.LastOperation.State.Known));
        Assert.Equal((12L, "bxf.4x16"), (instance.Postgres!.StorageGb, instance.Postgres.HostFlavor));
        Assert.Equal("ca-mon-1", instance.Extensions!.VirtualPrivateEndpoints!.Endpoints[0].Zone);
    }

    [Fact]
    public async Task The_older_shape_of_credentials_is_read_with_its_certificate_and_a_port_that_is_a_text()
    {
        IbmConnection connection = (await ReadAsync<IbmKey>($$"""{"guid":"k","name":"old","state":"active","credentials":{{Gen1}} }""")).Credentials!;
        Assert.Equal(("fake-user", "fake-password"), (connection.User, Plain(connection.Password)));
        Assert.Equal(new IbmHost("fake-host.databases.appdomain.cloud", 31700), Assert.Single(connection.Hosts));
        Assert.Equal(("ibmclouddb", "verify-full", "fake-cert-id"), (connection.Database, connection.SslMode, connection.CertificateName));
        Assert.Equal("fake-certificate\n", connection.CertificatePem);
        Assert.False(connection.IsRedacted);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task The_newer_shape_is_read_with_and_without_a_connection_around_it(bool hasConnection, bool hasLogin)
    {
        const string Password = "lXcjb8q-2)ItFOq7l5)KtLgj%PmhFN,)";
        var uri = new JObject
        {
            ["type"] = "uri",
            ["scheme"] = "postgres",
            ["database"] = "postgres",
            ["path"] = "/postgres",
            ["composed"] = new JArray($"postgres://ibmcloud_692fd265b48b4904a5dfdbe1dd218cb3:lXcjb8q-2%29ItFOq7l5%29KtLgj%25PmhFN,%29@{Host}:5432/postgres?sslmode=verify-full"),
            ["hosts"] = new JArray(new JObject { ["hostname"] = Host, ["port"] = 5432 }),
            ["query_options"] = new JObject { ["sslmode"] = "verify-full" },
        };
        if (hasLogin)
        {
            uri["authentication"] = new JObject { ["method"] = "direct", ["username"] = "ibmcloud_692fd265b48b4904a5dfdbe1dd218cb3", ["password"] = Password };
        }

        var types = new JObject { ["postgres"] = uri, ["cli"] = new JObject { ["bin"] = "psql", ["arguments"] = new JArray("host=x") } };
        JObject credentials = hasConnection ? new JObject { ["connection"] = types } : types;
        IbmKey key = await ReadAsync<IbmKey>(new JObject { ["guid"] = "k", ["name"] = "ops", ["credentials"] = credentials }.ToString());
        IbmConnection connection = key.Credentials!;
        Assert.Equal(("ibmcloud_692fd265b48b4904a5dfdbe1dd218cb3", Password), (connection.User, Plain(connection.Password)));
        Assert.Equal((new IbmHost(Host, 5432), "postgres"), (Assert.Single(connection.Hosts), connection.Database));
        Assert.Null(connection.CertificatePem);
        Assert.DoesNotContain(Password, $"{key} {connection}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_and_password_may_stand_at_the_top_and_the_host_in_the_URI_alone()
    {
        IbmConnection connection = (await ReadAsync<IbmKey>("""
            {"guid":"k","credentials":{"username":"u","password":"p%2)","connection":{"postgres":{"composed":["postgres://u:p%252%29@h.test:5433/app?sslmode=verify-full"],"query_options":null}}}}
            """)).Credentials!;
        Assert.Equal(("u", "p%2)", "app"), (connection.User, Plain(connection.Password), connection.Database));
        Assert.Equal(new IbmHost("h.test", 5433), Assert.Single(connection.Hosts));
    }

    [Theory]
    [InlineData("""{"REDACTED":"REDACTED"}""")]
    [InlineData("""{"REDACTED":"REDACTED_EXPLICIT"}""")]
    public async Task Credentials_that_IBM_keeps_to_itself_are_marked(string credentials)
    {
        IbmConnection connection = (await ReadAsync<IbmKey>($$"""{"guid":"k","credentials":{{credentials}} }""")).Credentials!;
        Assert.True(connection.IsRedacted);
        Assert.Null(connection.Password);
    }

    [Theory]
    [InlineData("""{"connection":{"postgres":{"hosts":[{"hostname":"h","port":"hunter2"}]}}}""")]
    [InlineData("""{"connection":{"postgres":{"certificate":{"certificate_base64":"hunter2!"}}}}""")]
    public async Task Credentials_that_cannot_be_understood_are_an_error_without_what_is_in_them(string credentials)
    {
        PgCloudException failure = await Failure.ExpectAsync(
            "PgCloud.Cloud.AnswerInvalid", () => ReadAsync<IbmKey>($$"""{"guid":"k","credentials":{{credentials}} }"""));
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"guid":["hunter2"]}""")]
    [InlineData("""["hunter2"]""")]
    [InlineData("\"hunter2\"")]
    [InlineData("")]
    public async Task An_answer_of_another_shape_is_an_error_without_its_values(string body)
    {
        PgCloudException failure = await Failure.ExpectAsync("PgCloud.Cloud.AnswerInvalid", () => ReadAsync<IbmKey>(body));
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        using ApiServer server = Ibm.Server(new Reply(404, """{"error_code":"RC-DatabaseErrorResponse","message":"no"}"""));
        using IbmClient client = Ibm.Client(server);
        Assert.Null(await new IbmKeys(client).FindAsync("k", new Heard(), default));
        Assert.Null(await new IbmResources(client).FindAsync("g", new Heard(), default));
        Assert.Null(await new IbmRestrictions(client).FindZoneAsync("z", new Heard(), default));
    }

    private static async Task<T> ReadAsync<T>(string body)
    {
        using ApiServer server = Ibm.Server(Reply.Json(body));
        using IbmClient client = Ibm.Client(server);
        return await client.GetAsync<T>(IbmService.ResourceController, "/x", new Heard(), default);
    }

    private static string? Plain(SecureString? secret) => secret is null ? null : Passwords.Use(secret, c => new string(c));

    // The samples of IBM's documents and of the tests of others' public clients.
    private const string Gen1 = """
        {"connection":{
          "cli":{"arguments":[["host=fake-host.databases.appdomain.cloud port=31700 dbname=ibmclouddb user=fake-user sslmode=verify-full"]],"bin":"psql",
            "certificate":{"certificate_base64":"ZmFrZS1jZXJ0aWZpY2F0ZQo=","name":"fake-cert-id"},
            "environment":{"PGPASSWORD":"fake-password","PGSSLROOTCERT":"fake-cert-id"},"type":"cli"},
          "postgres":{"authentication":{"method":"direct","password":"fake-password","username":"fake-user"},
            "certificate":{"certificate_base64":"ZmFrZS1jZXJ0aWZpY2F0ZQo=","name":"fake-cert-id"},
            "composed":["postgres://fake-user:fake-password@fake-host.databases.appdomain.cloud:31700/ibmclouddb?sslmode=verify-full"],
            "database":"ibmclouddb","hosts":[{"hostname":"fake-host.databases.appdomain.cloud","port":"31700"}],"path":"/ibmclouddb",
            "query_options":{"sslmode":"verify-full"},"scheme":"postgres","type":"uri"}},
         "instance_administration_api":{"deployment_id":"crn:x","instance_id":"crn:x","root":"https://api.us-south.databases.cloud.ibm.com/v5/ibm"}}
        """;

    private const string Active = $$$$"""
        {"id":"crn:v1:bluemix:public:databases-for-postgresql:us-east:a/23b09aee04da4545b6e32805fa93249d:95004d03-9fec-443b-9f6e-083f2b25e73a::",
         "guid":"95004d03-9fec-443b-9f6e-083f2b25e73a","url":"/v2/resource_instances/95004d03-9fec-443b-9f6e-083f2b25e73a",
         "created_at":"2026-07-02T14:04:29.613949688Z","updated_at":"2026-07-02T14:15:54.226535327Z","deleted_at":null,"deleted_by":"",
         "scheduled_reclaim_at":null,"name":"Databases for PostgreSQL-3b","region_id":"us-east","account_id":"23b09aee04da4545b6e32805fa93249d",
         "resource_plan_id":"databases-for-postgresql-gen2-standard","resource_group_id":"c21a4e8564c14d1aab2a9a8b441904eb",
         "target_crn":"crn:v1:bluemix:public:globalcatalog::::deployment:databases-for-postgresql-standard-gen2%3Aus-east",
         "parameters":{"dataservices":{"postgresql":{"host_flavor":"bx3d.4x20","members":2,"storage_gb":10,"version":"18"}}},
         "allow_cleanup":false,"state":"active","type":"service_instance","sub_type":"Public","resource_id":"databases-for-postgresql","dashboard_url":null,
         "last_operation":{"type":"create","state":"succeeded","async":true,"description":"Provision completed successfully","cancelable":true,"poll":true},
         "plan_history":[{"resource_plan_id":"databases-for-postgresql-gen2-standard","start_date":"2026-07-02T14:04:29.613949688Z"}],"migrated":false,
         "extensions":{"dataservices":{"$schema":{"version":"1.0.0"},
           "connection":{"cli":{"arguments":["host={{{{Host}}}} port=5432 dbname=postgres user=$PGUSER password=$PGPASSWORD sslmode=verify-full"],"bin":"psql","type":"cli"},
             "postgres":{"authentication":{"method":"direct","password":"$PGPASSWORD","username":"$PGUSER"},
               "composed":["postgres://$PGUSER:$PGPASSWORD@{{{{Host}}}}:5432/postgres?sslmode=verify-full"],"database":"postgres",
               "hosts":[{"hostname":"{{{{Host}}}}","port":5432}],"path":"/postgres","port":5432,"query_options":{"sslmode":"verify-full"},"scheme":"postgres","type":"uri"}},
           "postgresql":{"configuration":{"max_connections":115},"cpu_count":4,"host_flavor":"bx3d.4x20","members":2,"memory_gb":20,"storage_gb":10,"version":"18"}},
          "virtual_private_endpoints":{"dns_domain":"{{{{Host}}}}","dns_hosts":["","*"],
            "endpoints":[{"ip_address":"10.51.217.34","zone":"us-east-1"},{"ip_address":"10.51.219.57","zone":"us-east-2"}],
            "origin_type":"vpc","ports":[{"port_max":5432,"port_min":5432}]}},
         "controlled_by":"","locked":false,"onetime_credentials":false}
        """;
}
