// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Tests.Sql.Servers;

/// <summary>Finds PostgreSQL's server programs, one directory a major version.</summary>
internal static class ServerBinaries
{
    private static readonly Lazy<IReadOnlyDictionary<int, string>> Found = new(Search);

    /// <summary>The directory of a version; <see langword="null"/> where it is not there.</summary>
    internal static string? Find(int version) => Found.Value.GetValueOrDefault(version);

    private static IReadOnlyDictionary<int, string> Search()
    {
        var found = new Dictionary<int, string>();
        foreach (string directory in Candidates())
        {
            if (File.Exists(Path.Combine(directory, "initdb")) && VersionOf(directory) is { } version)
            {
                found.TryAdd(version, directory);
            }
        }

        return found;
    }

    private static IEnumerable<string> Candidates()
    {
        IEnumerable<string> named = (Environment.GetEnvironmentVariable("PGCLOUD_TEST_PG_BINS") ?? string.Empty)
            .Split(':', StringSplitOptions.RemoveEmptyEntries);
        return [.. named, .. Below("/usr/lib/postgresql", "bin"), .. Below(ModulesDirectory(), "native/bin")];
    }

    private static IEnumerable<string> Below(string? directory, string rest) => Directory.Exists(directory)
        ? Directory.GetDirectories(directory).Select(version => Path.Combine(version, rest))
        : [];

    /// <summary>tests/servers/node_modules of the clone these tests were built in.</summary>
    private static string? ModulesDirectory()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            string candidate = Path.Combine(directory.FullName, "tests", "servers", "node_modules");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private static int? VersionOf(string directory)
    {
        // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
        string[] words = Programs.Run(Path.Combine(directory, "postgres"), "--version").Output.Split(' ');
        return words.Length > 2 && int.TryParse(words[2].Split('.')[0].Trim(), out int version) ? version : null;
    }
}
