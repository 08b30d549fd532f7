// SPDX-License-Identifier: MIT

using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Clients;

/// <summary>libpq's service file: sections of settings. Foreign sections and comments stay as they are.</summary>
internal sealed class ServiceFile(string text)
{
    private List<string> _lines = [.. text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')];

    /// <summary>The file's text.</summary>
    public override string ToString() => string.Join('\n', _lines).TrimStart('\n') + "\n";

    /// <summary>Refuses a name that cannot stand in the file.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Connection.ServiceNameInvalid</c>.</exception>
    internal static void CheckName(string name)
    {
        if (name.Length == 0 || name != name.Trim() || name.Any(c => c is '[' or ']' || char.IsControl(c)))
        {
            throw PgErrors.ServiceNameInvalid(name);
        }
    }

    /// <summary>Puts a section in its place, or at the end.</summary>
    /// <returns>Whether there was one of that name.</returns>
    internal bool Set(string name, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        CheckName(name);
        if (settings.Select(s => s.Value).FirstOrDefault(v => v != v.Trim() || v.Any(char.IsControl)) is { } bad)
        {
            throw PgErrors.ServiceValueInvalid(bad);
        }

        string header = $"[{name}]";
        List<string> section = [header, .. settings.Select(s => $"{s.Key}={s.Value}")];
        int begin = _lines.FindIndex(l => l.Trim() == header);
        if (begin < 0)
        {
            _lines = [.. _lines, .. _lines is [] or [""] ? Array.Empty<string>() : [string.Empty], .. section];
            return false;
        }

        int next = _lines.FindIndex(begin + 1, l => l.TrimStart().StartsWith('['));
        int end = next < 0 ? _lines.Count : next;

        // What stands right before the next section's header is about that section.
        while (end > begin + 1 && (_lines[end - 1].Trim() is { } line) && (line.Length == 0 || line.StartsWith('#')))
        {
            end--;
        }

        _lines = [.. _lines[..begin], .. section, .. _lines[end..]];
        return true;
    }
}
