// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text.RegularExpressions;

namespace PgCloud.Engine.Machine;

/// <summary>Where PostgreSQL's programs, servers and clients, are on this machine.</summary>
internal static partial class ProgramPlaces
{
    /// <summary>The places, in the order in which they are looked at; each may stand for several directories.</summary>
    internal static IReadOnlyList<string> All
    {
        get
        {
            string[] named = Split(Environment.GetEnvironmentVariable("PGCLOUD_PG_BIN"));
            string[] usual = OperatingSystem.IsWindows()
                ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL", "*", "bin")]
                :
                [
                    "/usr/lib/postgresql/*/bin",
                    "/usr/pgsql-*/bin",
                    "/opt/homebrew/opt/postgresql@*/bin",
                    "/usr/local/opt/postgresql@*/bin",
                    "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
                ];
            return [.. named, "PATH", .. usual];
        }
    }

    private static string[] SearchPath => Split(Environment.GetEnvironmentVariable("PATH"));

    /// <summary>The directories of a place: of a pattern the newest first, of PATH those in it.</summary>
    internal static IEnumerable<string> Directories(string place)
    {
        if (place == "PATH")
        {
            return SearchPath;
        }

        int star = place.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return [place];
        }

        int begin = place.LastIndexOfAny(['/', '\\'], star);
        int end = place.IndexOfAny(['/', '\\'], star);
        string parent = place[..begin];
        return Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, place[(begin + 1)..end])
                .OrderByDescending(d => FirstNumber(Path.GetFileName(d)))
                .Select(d => d + place[end..])
            : [];
    }

    /// <summary>One of PostgreSQL's programs; <see langword="null"/> where there is none.</summary>
    internal static string? Find(string program) => In(All.SelectMany(Directories), program);

    /// <summary>A program on PATH; <see langword="null"/> where there is none.</summary>
    internal static string? OnPath(string program) => In(SearchPath, program);

    /// <summary>The first number in a version or a name, 0 where there is none.</summary>
    internal static int FirstNumber(string text) =>
        int.TryParse(Digits().Match(text).Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static string? In(IEnumerable<string> directories, string program) =>
        directories.Select(d => Path.Combine(d, program)).FirstOrDefault(File.Exists);

    private static string[] Split(string? list) => (list ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
