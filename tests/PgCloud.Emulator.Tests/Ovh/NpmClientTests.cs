// SPDX-License-Identifier: MIT

using Xunit;

namespace PgCloud.Emulator.Tests.Ovh;

/// <summary>OVHcloud's own client for Node.js works with the emulator unchanged. It speaks HTTPS only and signs the URL without its port.</summary>
[Collection(EmulatorTests.Name)]
public sealed class NpmClientTests(EmulatorFixture emulator)
{
    [NpmClientFact("ovh")]
    public Task It_creates_lists_and_is_refused() => NpmClientFactAttribute.RunAsync("ovh-walk.js", new Dictionary<string, string>
    {
        ["NODE_EXTRA_CA_CERTS"] = emulator.Start.CaFile,
        ["EMULATOR_URL"] = emulator.Start.Https,
        ["APPLICATION_KEY"] = emulator.Start.ApplicationKey,
        ["APPLICATION_SECRET"] = emulator.Start.ApplicationSecret,
        ["CONSUMER_KEY"] = emulator.Start.ConsumerKey,
        ["PROJECT"] = emulator.Start.Project,
    });
}
