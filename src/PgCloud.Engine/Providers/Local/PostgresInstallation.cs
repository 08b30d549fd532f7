// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Local;

/// <summary>A directory with PostgreSQL's server programs, and their version.</summary>
/// <param name="BinaryPath">The directory.</param>
/// <param name="VersionText">The version as the server tells it, such as <c>18.4</c> or <c>19beta1</c>.</param>
/// <param name="Major">Its major number.</param>
internal sealed record PostgresInstallation(string BinaryPath, string VersionText, int Major)
{
    /// <summary>The oldest version that is run: the first with pg_read_all_data and pg_write_all_data.</summary>
    internal const int OldestMajor = 14;

    private static string Extension => OperatingSystem.IsWindows() ? ".exe" : string.Empty;

    /// <summary>Whether a directory holds the programs.</summary>
    internal static bool IsAt(string directory) =>
        Array.TrueForAll(new[] { "initdb", "pg_ctl", "postgres" }, p => File.Exists(Path.Combine(directory, p + Extension)));

    /// <summary>The full path of one of the programs.</summary>
    internal string Program(string name) => Path.Combine(BinaryPath, name + Extension);

    /// <summary>Whether it is the version asked for: <c>18</c> takes any 18, <c>18.4</c> only that.</summary>
    internal bool Is(string version) =>
        VersionText == version || VersionText.StartsWith(version + ".", StringComparison.Ordinal);
}
