// SPDX-License-Identifier: MIT

using System.Diagnostics;
using Xunit;

namespace PgCloud.Emulator.Tests.Ovh;

/// <summary>OVHcloud's own client for Node.js works with the emulator unchanged. It speaks HTTPS only and signs the URL without its port.</summary>
[Collection(EmulatorTests.Name)]
public sealed class NpmClientTests(EmulatorFixture emulator)
{
    [NpmClientFact]
    public async Task It_creates_lists_and_is_refused()
    {
        StartLine start = emulator.Start;
        using Process node = Process.Start(new ProcessStartInfo("node", [Path.Combine(NpmClientFactAttribute.Directory!, "walk.js")])
        {
            RedirectStandardError = true,
            Environment =
            {
                ["NODE_EXTRA_CA_CERTS"] = start.CaFile,
                ["EMULATOR_URL"] = start.Https,
                ["APPLICATION_KEY"] = start.ApplicationKey,
                ["APPLICATION_SECRET"] = start.ApplicationSecret,
                ["CONSUMER_KEY"] = start.ConsumerKey,
                ["PROJECT"] = start.Project,
            },
        })!;
        string problem = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, problem);
    }
}
