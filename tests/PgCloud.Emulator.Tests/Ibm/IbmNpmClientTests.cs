// SPDX-License-Identifier: MIT

using Xunit;

namespace PgCloud.Emulator.Tests.Ibm;

/// <summary>IBM Cloud's own client for Node.js works with the emulator unchanged, over HTTPS.</summary>
[Collection(EmulatorTests.Name)]
public sealed class IbmNpmClientTests(EmulatorFixture emulator)
{
    [NpmClientFact("@ibm-cloud/platform-services")]
    public Task It_creates_restricts_deletes_and_restores() => NpmClientFactAttribute.RunAsync("ibm-walk.js", new Dictionary<string, string>
    {
        ["NODE_EXTRA_CA_CERTS"] = emulator.Start.CaFile,
        ["EMULATOR_URL"] = emulator.Start.IbmHttps,
        ["API_KEY"] = emulator.Start.IbmApiKey,
        ["ACCOUNT"] = emulator.Start.IbmAccountId,
    });
}
