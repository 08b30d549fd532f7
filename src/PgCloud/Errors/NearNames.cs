// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

/// <summary>Finds what somebody meant who wrote a name that there is not.</summary>
internal static class NearNames
{
    private const int Most = 5;

    /// <summary>The names nearest to it, best first; none where nothing is near.</summary>
    internal static IReadOnlyList<string> Find(string name, IEnumerable<string> names)
    {
        string wanted = Bare(name);
        return [.. names
            .Select(n => (Name: n, Distance: Distance(wanted, Bare(n))))
            .Where(n => n.Distance <= Math.Max(2, wanted.Length / 4))
            .OrderBy(n => n.Distance)
            .ThenBy(n => n.Name, StringComparer.Ordinal)
            .Select(n => n.Name)
            .Take(Most)];
    }

    // The prefix of the program (pg., pgbouncer.) is what is forgotten first.
    private static string Bare(string name) => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..].ToLowerInvariant();

    // A name that holds the other whole is as near as one that is a few letters away.
    private static int Distance(string one, string other) =>
        one.Length > 2 && other.Contains(one, StringComparison.Ordinal) ? one == other ? 0 : 1 : Edits(one, other);

    // How many letters must be put in, taken out or replaced (Levenshtein).
    private static int Edits(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
