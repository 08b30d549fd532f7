// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Local;

namespace PgCloud.Emulator.Servers;

/// <summary>
///   Settings for servers that live for a test: small, and not afraid of a power cut. What was committed outlives a server that is killed, as at
///   the clouds.
/// </summary>
internal static class ServerSettings
{
    private const string Statistics = "pg_stat_statements";

    private const string Common =
        """

        # Written by the emulator.
        fsync = off
        full_page_writes = off
        shared_buffers = '16MB'
        max_connections = 100
        log_timezone = 'UTC'

        """;

    /// <summary>Whether queries can be counted: the extension comes with most installations, but not with all.</summary>
    internal static bool HasStatistics(PostgresInstallation installation)
    {
        string program = installation.Program("postgres");
        string directory = Path.GetDirectoryName(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)!;
        return new[] { "../lib", "../lib/postgresql" }.Any(d => File.Exists(Path.Combine(directory, d, Statistics + ".so")));
    }

    internal static void Append(InstanceDirectory directory, PostgresInstallation installation) => File.AppendAllText(
        Path.Combine(directory.Data, "postgresql.conf"),
        Common + (HasStatistics(installation) ? $"shared_preload_libraries = '{Statistics}'\ntrack_io_timing = on\n" : string.Empty));
}
