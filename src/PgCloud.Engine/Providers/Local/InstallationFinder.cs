// SPDX-License-Identifier: MIT

using System.Text.RegularExpressions;
using PgCloud.Engine.Machine;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Local;

/// <summary>Finds PostgreSQL's server programs on this machine.</summary>
internal static partial class InstallationFinder
{
    /// <summary>The installation to use for a new instance.</summary>
    /// <param name="binaryPath">The directory the user gave: then no other is looked at.</param>
    /// <param name="version">The version the user asked for.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="PgCloudException">
    ///   <c>PgCloud.Instance.BinariesNotFound</c>, <c>VersionNotInstalled</c>, <c>VersionUnsupported</c>, <c>BinariesNotExecutable</c>.
    /// </exception>
    internal static async Task<PostgresInstallation> FindAsync(string? binaryPath, string? version, CancellationToken cancellation)
    {
        IReadOnlyList<string> places = binaryPath is null ? ProgramPlaces.All : [binaryPath];
        string searched = string.Join(", ", places);
        List<string> directories = places
            .SelectMany(ProgramPlaces.Directories)
            .Where(PostgresInstallation.IsAt)
            .Select(Path.GetFullPath)
            // One installation may be found twice, by a link and by itself.
            .DistinctBy(RealPath)
            .ToList();
        if (directories.Count == 0)
        {
            throw PgErrors.BinariesNotFound(searched, HowToInstall, binaryPath);
        }

        List<PostgresInstallation> found = await ReadVersionsAsync(directories, cancellation);
        PostgresInstallation? chosen = version is null
            ? found.FirstOrDefault(f => f.Major >= PostgresInstallation.OldestMajor)
            : found.FirstOrDefault(f => f.Is(version));
        if (chosen is null && version is not null)
        {
            throw PgErrors.VersionNotInstalled(version, found.Select(f => f.VersionText).ToList(), searched);
        }

        chosen ??= found[0];
        return chosen.Major >= PostgresInstallation.OldestMajor
            ? chosen
            : throw PgErrors.VersionUnsupported(chosen.VersionText, chosen.BinaryPath);
    }

    private static string HowToInstall =>
        OperatingSystem.IsWindows() ? "Install it: winget install PostgreSQL.PostgreSQL. Or name its bin directory with -BinaryPath."
        : OperatingSystem.IsMacOS() ? "Install it: brew install postgresql. Or name its bin directory with -BinaryPath."
        : "Install it: apt-get install postgresql (Debian, Ubuntu), dnf install postgresql-server (Fedora, RHEL). "
            + "Or name its bin directory with -BinaryPath or $env:PGCLOUD_PG_BIN.";

    private static string RealPath(string directory)
    {
        string program = Path.Combine(directory, OperatingSystem.IsWindows() ? "postgres.exe" : "postgres");
        return File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program;
    }

    // One installation that cannot be run does not hide the others.
    private static async Task<List<PostgresInstallation>> ReadVersionsAsync(List<string> directories, CancellationToken cancellation)
    {
        Task<PostgresInstallation>[] reads = [.. directories.Select(d => ReadVersionAsync(d, cancellation))];
        await Task.WhenAll(reads).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        List<PostgresInstallation> found = [.. reads.Where(r => r.IsCompletedSuccessfully).Select(r => r.Result)];
        return found.Count > 0 ? found : [await reads[0]];
    }

    private static async Task<PostgresInstallation> ReadVersionAsync(string directory, CancellationToken cancellation)
    {
        string program = Path.Combine(directory, OperatingSystem.IsWindows() ? "postgres.exe" : "postgres");
        ProgramResult result;
        try
        {
            result = await ProgramRunner.RunAsync(program, ["--version"], ServerAccount.Choose(), cancellation);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw PgErrors.BinariesNotExecutable(directory, Environment.UserName, exception.Message);
        }

        // postgres (PostgreSQL) 18.4 (Debian …)
        Match match = VersionLine().Match(result.Output);
        return result.ExitCode == 0 && match.Success
            ? new PostgresInstallation(directory, match.Groups[1].Value, ProgramPlaces.FirstNumber(match.Groups[1].Value))
            : throw PgErrors.BinariesNotExecutable(directory, ServerAccount.Choose()?.Name ?? Environment.UserName, result.Problem);
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\S+)")]
    private static partial Regex VersionLine();
}
