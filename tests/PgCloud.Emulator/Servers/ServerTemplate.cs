// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Emulator.Ovh.Users;
using PgCloud.Engine.Providers.Local;

namespace PgCloud.Emulator.Servers;

/// <summary>A stopped server that new ones are copied from.</summary>
internal sealed record ServerTemplate(PostgresInstallation Installation, string Data)
{
    internal static string NameOf(PostgresInstallation installation) => "template-" + installation.VersionText;

    internal static async Task<ServerTemplate> MakeAsync(string home, PostgresInstallation installation, CancellationToken cancellation)
    {
        var provider = new LocalProvider(home);
        string name = NameOf(installation);
        var request = new NewInstanceRequest(name) { BinaryPath = installation.BinaryPath, ListenAddresses = [EmulatorOptions.ServerAddress] };
        PgInstance instance = await provider.CreateInstanceAsync(request, QuietReporter.Instance, cancellation);
        var directory = new InstanceDirectory(home, name);
        using var server = new ServiceServer(directory, InstanceRecord.Read(directory.Record)!, installation);
        try
        {
            await SetUpAsync(server, cancellation);
        }
        finally
        {
            await provider.StopInstanceAsync(instance, QuietReporter.Instance, CancellationToken.None);
        }

        ServerSettings.Append(directory, installation);
        return new ServerTemplate(installation, directory.Data);
    }

    private static async Task SetUpAsync(ServiceServer server, CancellationToken cancellation)
    {
        foreach (string statement in AdminRole.SetUp())
        {
            await server.ExecuteAsync([statement], cancellation);
        }

        await server.ExecuteAsync(AdminRole.SetUpDefaultDatabase(), cancellation, AdminRole.Database);
        if (ServerSettings.HasStatistics(server.Installation))
        {
            await server.ExecuteAsync(["CREATE EXTENSION pg_stat_statements"], cancellation);
        }
    }
}
