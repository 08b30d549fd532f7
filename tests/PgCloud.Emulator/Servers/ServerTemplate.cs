// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Local;

namespace PgCloud.Emulator.Servers;

/// <summary>A stopped server that new ones of a kind are copied from.</summary>
internal sealed record ServerTemplate(PostgresInstallation Installation, string Data)
{
    internal static string NameOf(ServerKind kind, PostgresInstallation installation) => $"template-{kind.Name}-{installation.VersionText}";

    internal static async Task<ServerTemplate> MakeAsync(ServerKind kind, string home, PostgresInstallation installation, CancellationToken cancellation)
    {
        var provider = new LocalProvider(home);
        string name = NameOf(kind, installation);
        var request = new NewInstanceRequest(name) { BinaryPath = installation.BinaryPath, ListenAddresses = [EmulatorOptions.ServerAddress] };
        PgInstance instance = await provider.CreateInstanceAsync(request, QuietReporter.Instance, cancellation);
        var directory = new InstanceDirectory(home, name);
        using var server = new ServiceServer(directory, InstanceRecord.Read(directory.Record)!, installation, kind, LocalRoles.Superuser);
        try
        {
            await kind.SetUpAsync(server, cancellation);
        }
        finally
        {
            await provider.StopInstanceAsync(instance, QuietReporter.Instance, CancellationToken.None);
        }

        ServerSettings.Append(directory, installation);
        return new ServerTemplate(installation, directory.Data);
    }
}
