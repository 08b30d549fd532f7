// SPDX-License-Identifier: MIT

using System.Text;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Local;

/// <summary>One authorised range in pg_hba.conf.</summary>
internal sealed record HbaEntry(string Address, string Description);

/// <summary>
///   The rules of pg_hba.conf (PostgreSQL documentation, 20.1). PgCloud writes between two marker lines only; lines outside them are the
///   user's and are kept as they are. Every rule demands TLS and SCRAM.
/// </summary>
internal sealed class HbaFile
{
    private const string Begin = "# BEGIN PgCloud: written by Add-PgAuthorisedIp and Remove-PgAuthorisedIp";
    private const string End = "# END PgCloud";
    private const string Rule = "hostssl all all ";
    private const string Method = " scram-sha-256";

    private readonly List<string> _before;
    private readonly List<string> _after;

    private HbaFile(List<string> before, List<HbaEntry> entries, List<string> after)
    {
        _before = before;
        Entries = entries;
        _after = after;
    }

    /// <summary>The authorised ranges, in the order of the file.</summary>
    internal List<HbaEntry> Entries { get; }

    /// <summary>The file of a new instance: nobody is let in.</summary>
    internal static HbaFile Empty => new(["# Who is let in (PostgreSQL documentation, 20.1). Lines outside the markers are yours and are kept."], [], []);

    /// <summary>Reads a file.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Network.RuleFileDamaged</c>.</exception>
    internal static HbaFile Read(string path)
    {
        List<string> lines = [.. File.ReadAllLines(path)];
        int begin = lines.IndexOf(Begin);
        int end = lines.IndexOf(End);
        if (begin != lines.LastIndexOf(Begin) || end != lines.LastIndexOf(End) || (begin < 0) != (end < 0) || end < begin)
        {
            throw PgErrors.RuleFileDamaged(path, "its PgCloud block does not have both marker lines, each once and in order.");
        }

        return begin < 0
            ? new HbaFile(lines, [], [])
            : new HbaFile(lines[..begin], [.. lines[(begin + 1)..end].Select(ParseEntry).OfType<HbaEntry>()], lines[(end + 1)..]);
    }

    /// <summary>The file's whole text.</summary>
    internal byte[] ToBytes()
    {
        IEnumerable<string> lines =
        [
            .. _before,
            Begin,
            // The superuser is for the module itself, from this machine only: never for users, whatever is authorised below.
            $"hostssl all {LocalRoles.Superuser} 127.0.0.1/32{Method}",
            $"host all {LocalRoles.Superuser} all reject",
            .. Entries.Select(e => $"{Rule}{e.Address}{Method}{(e.Description.Length == 0 ? string.Empty : " # " + e.Description)}"),
            End,
            .. _after,
        ];
        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }

    /// <summary>Refuses a description that would not be one comment on one line.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Network.DescriptionInvalid</c>.</exception>
    internal static void CheckDescription(string description)
    {
        if (description.Length > 200 || description.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029') || description.EndsWith('\\'))
        {
            throw PgErrors.DescriptionInvalid(description);
        }
    }

    private static HbaEntry? ParseEntry(string line)
    {
        if (!line.StartsWith(Rule, StringComparison.Ordinal))
        {
            return null;
        }

        string[] parts = line[Rule.Length..].Split('#', 2);
        string address = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return new HbaEntry(address, parts.Length == 2 ? parts[1].Trim() : string.Empty);
    }
}
