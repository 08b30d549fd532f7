// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using Xunit;

namespace PgCloud.Emulator.Tests.Ibm;

/// <summary>What the service's broker refuses.</summary>
[Collection(EmulatorTests.Name)]
public sealed class BrokerErrorTests(EmulatorFixture emulator) : IDisposable
{
    private readonly IbmClient _api = new(emulator.Start);

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData("""{"members":5}""", "invalid members '5', allowed values: 2, 3")]
    [InlineData("""{"members":"2"}""", "invalid members '2', allowed values: 2, 3")]
    [InlineData("""{"storage_gb":10000}""", "invalid storage size '10000', only integer values between 10 and 9600 are allowed")]
    [InlineData("""{"storage_gb":10.5}""", "invalid storage size '10.5', only integer values between 10 and 9600 are allowed")]
    [InlineData("""{"storage_gb":9}""", "invalid storage size '9', only integer values between 10 and 9600 are allowed")]
    [InlineData("""{"version":"17"}""", "invalid version '17', allowed values: 18")]
    [InlineData("""{"colour":"red"}""", "unknown parameter 'colour'")]
    [InlineData("""{"host_flavor":"multitenant"}""", "invalid host_flavor 'multitenant', allowed values: bx3d.4x20, bx3d.8x40, bx3d.16x80, bx3d.32x160, bx3d.48x240, bxf.4x16, bxf.8x32, bxf.16x64, bxf.32x128, bxf.48x192")]
    [InlineData("""{"backup_id":"crn:none"}""", "backup 'crn:none' not found")]
    [InlineData("""{"disk_encryption_key_crn":"key"}""", "invalid encryption.disk 'key', allowed values: the CRN of a key")]
    [InlineData("""{"backup_encryption_key_crn":"crn:key"}""", "unknown parameter 'backup_encryption_key_crn'")]
    [InlineData("""{"configuration":{"max_connections":501}}""", "invalid max_connections '501', allowed values: 25 to 500")]
    [InlineData("""{"configuration":{"colour":1}}""", "unknown parameter 'colour'")]
    public Task A_database_that_cannot_be_had_is_refused(string postgresql, string reason) =>
        RefusedAsync("{\"dataservices\":{\"postgresql\":" + postgresql + "}}", reason);

    [Theory]
    [InlineData("""{"service_endpoints":"public"}""", "invalid service_endpoints 'public', allowed values: private")]
    [InlineData("""{"members":2}""", "unknown parameter 'members'")]
    [InlineData("""{"backup_id":"crn:none"}""", "backup 'crn:none' not found")]
    [InlineData("""{"dataservices":{"restore_backup_id":"crn:none"}}""", "backup 'crn:none' not found")]
    [InlineData("""{"dataservices":{"encryption":{"disk":"key"}}}""", "invalid encryption.disk 'key', allowed values: the CRN of a key")]
    [InlineData("""{"dataservices":3}""", "error parsing request, JSON is malformed")]
    public Task Other_parameters_are_checked_too(string parameters, string reason) => RefusedAsync(parameters, reason);

    [Fact]
    public async Task A_change_that_cannot_be_is_refused()
    {
        string url = $"{_api.Instances}/{await _api.SeedAsync()}";
        foreach ((object postgresql, string reason) in new (object, string)[]
        {
            (new { members = 1 }, "invalid members '1', allowed values: 2, 3"),
            (new { version = "19" }, "version cannot be changed from '18' to '19'"),
            (new { storage_gb = 9601 }, "invalid storage size '9601', only integer values between 10 and 9600 are allowed"),
        })
        {
            AssertRefused(await _api.PatchAsync(url, new { parameters = new { dataservices = new { postgresql } } }), reason);
        }

        await _api.PatchAsync(url, new { parameters = new { dataservices = new { postgresql = new { storage_gb = 20 } } } });
        await _api.WaitAsync(url, a => (string?)a.Json?["last_operation"]!["state"] == "succeeded");
        AssertRefused(
            await _api.PatchAsync(url, new { parameters = new { dataservices = new { postgresql = new { storage_gb = 15 } } } }), "storage size cannot be reduced from '20' to '15'");
    }

    [Fact]
    public async Task The_names_of_the_first_pages_are_taken()
    {
        Answer made = await _api.CreateAsync(new { service_endpoints = "private", disk_encryption_key_crn = "crn:v1:key", dataservices = new { postgresql = new { members = 3 } } });
        Assert.Equal(201, made.Status);
        await _api.DeleteAsync($"{_api.Instances}/{made.Json!["guid"]}");
    }

    [Fact]
    public async Task Without_the_right_to_use_a_key_the_provision_fails()
    {
        await _api.ControlAsync(HttpMethod.Put, "/quirks", new { refuseDiskKeys = true });
        try
        {
            Answer made = await _api.CreateAsync(new { dataservices = new { encryption = new { disk = "crn:v1:key" } } });
            Answer failed = await _api.WaitStateAsync((string)made.Json!["guid"]!, "failed");
            Assert.Equal("failed", (string?)failed.Ok["last_operation"]!["state"]);
        }
        finally
        {
            await _api.ControlAsync(HttpMethod.Put, "/quirks", new { refuseDiskKeys = false });
        }
    }

    private async Task RefusedAsync(string parameters, string reason) => AssertRefused(await _api.CreateAsync(JsonNode.Parse(parameters)), reason);

    private static void AssertRefused(Answer answer, string reason)
    {
        Assert.Equal(
            (400, "RC-ServiceBrokerErrorResponse", 400),
            (answer.Status, (string?)answer.Json!["error_code"], (int)answer.Json["status_code"]!));
        Assert.Equal(
            $"The broker for 'Databases for PostgreSQL' service returned error, [400, Bad Request] {reason}. "
            + "If this is unexpected, open a support ticket with the service to help troubleshoot the issue.",
            (string?)answer.Json["message"]);
        Assert.Equal((string?)answer.Json["transaction_id"], answer.Headers.GetValues("Transaction-Id").Single());
    }
}
