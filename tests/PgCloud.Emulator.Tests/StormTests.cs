// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using PgCloud.Emulator.Tests.Ibm;
using Xunit;

namespace PgCloud.Emulator.Tests;

/// <summary>A share of the calls of one cloud goes wrong, and the other does not notice.</summary>
[Collection(EmulatorTests.Name)]
public sealed class StormTests(EmulatorFixture emulator) : IDisposable
{
    private readonly IbmClient _ibm = new(emulator.Start);

    public void Dispose() => _ibm.Dispose();

    [Fact]
    public async Task A_storm_is_over_one_cloud()
    {
        await _ibm.GetAsync(_ibm.Groups);
        await ControlAsync(HttpMethod.Put, "/storm", new { share = 1.0, seed = 3, cloud = "ibm" });
        try
        {
            for (int i = 0; i < 20; i++)
            {
                try
                {
                    await _ibm.GetAsync(_ibm.Groups);
                }
                catch (HttpRequestException)
                {
                    // One of the faults is a cut.
                }

                Assert.Equal(200, (await emulator.Api.GetAsync("/cloud/project")).Status);
            }

            JsonNode storm = (await ControlAsync(HttpMethod.Get, "/storm")).Ok;
            Assert.Equal((20, 20), ((int)storm["ibm"]!["calls"]!, (int)storm["ibm"]!["met"]!));
            Assert.Equal(0, (double)storm["ovh"]!["share"]!);
        }
        finally
        {
            await ControlAsync(HttpMethod.Delete, "/storm?cloud=ibm");
        }

        JsonNode over = (await ControlAsync(HttpMethod.Get, "/storm")).Ok["ibm"]!;
        Assert.Equal((0, 20), ((double)over["share"]!, (int)over["met"]!));
    }

    [Fact]
    public async Task A_storm_over_no_cloud_is_refused() =>
        Assert.Equal(400, (await ControlAsync(HttpMethod.Put, "/storm", new { share = 1.0, seed = 3, cloud = "aws" })).Status);

    private Task<Answer> ControlAsync(HttpMethod method, string path, object? body = null) => _ibm.ControlAsync(method, "/.." + path, body);
}
