// SPDX-License-Identifier: MIT

using System.Text;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Roles;

/// <summary>
///   The value of a configuration parameter as PostgreSQL takes it. Of some parameters the value is a list whose elements PostgreSQL quotes
///   one by one: a list that is sent as one text becomes one element, a schema named "app, public" (PostgreSQL documentation, SET; GUC_LIST_QUOTE).
/// </summary>
internal static class SettingValue
{
    // No other parameter has GUC_LIST_QUOTE, and extensions cannot have it; pg_dump knows the same list.
    private static readonly string[] Identifiers = ["search_path", "temp_tablespaces"];
    private static readonly string[] Paths =
        ["local_preload_libraries", "session_preload_libraries", "shared_preload_libraries", "unix_socket_directories"];

    /// <summary>What is to be sent, one literal an element.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Role.SettingInvalid</c>.</exception>
    internal static IReadOnlyList<string> ToSend(RoleSettingRequest setting)
    {
        IReadOnlyList<string> value = setting.Value!;
        foreach (string text in value)
        {
            if (PgNames.TextFlawOf(text) is { } flaw)
            {
                throw PgErrors.RoleSettingInvalid(setting.Name, flaw);
            }
        }

        if (!IsQuotedList(setting.Name))
        {
            return [string.Join(", ", value)];
        }

        // Without an element there is nothing to send; PostgreSQL's own empty list is one empty element.
        IReadOnlyList<string> elements = setting.IsList ? value : Split(setting.Name, value[0]);
        return elements.Count == 0 ? [string.Empty] : elements;
    }

    /// <summary>Whether what is kept is what would be sent.</summary>
    internal static bool IsKept(string name, string kept, IReadOnlyList<string> toSend) => IsQuotedList(name)
        ? TrySplit(name, kept, out List<string> elements) is null && elements.SequenceEqual(toSend, StringComparer.Ordinal)
        : kept == toSend[0];

    private static bool IsQuotedList(string name) => IsOneOf(Identifiers, name) || IsOneOf(Paths, name);

    // PostgreSQL compares the names of parameters without regard to case.
    private static bool IsOneOf(string[] names, string name) => Array.Exists(names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static List<string> Split(string name, string text) =>
        TrySplit(name, text, out List<string> elements) is { } flaw ? throw PgErrors.RoleSettingInvalid(name, flaw) : elements;

    /// <summary>Reads a list as PostgreSQL does (SplitIdentifierString, SplitDirectoriesString); says what is wrong with one it cannot read.</summary>
    private static string? TrySplit(string name, string text, out List<string> elements)
    {
        bool foldsCase = IsOneOf(Identifiers, name);
        elements = [];
        string rest = text.Trim();
        while (rest.Length > 0)
        {
            int end = rest[0] == '"' ? EndOfQuoted(rest) : EndOfPlain(rest);
            if (end <= 0)
            {
                return end < 0 ? "a quotation mark is not closed" : "an element is empty";
            }

            string element = rest[..end];
            elements.Add(rest[0] == '"' ? element[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : foldsCase ? Fold(element) : element);
            rest = rest[end..].TrimStart();
            if (rest.Length == 0)
            {
                return null;
            }

            if (rest[0] != ',')
            {
                return "a comma is missing between two elements";
            }

            rest = rest[1..].TrimStart();
            if (rest.Length == 0)
            {
                return "an element is missing after the last comma";
            }
        }

        return null;
    }

    /// <summary>Where an element in quotation marks ends; -1 where it does not.</summary>
    private static int EndOfQuoted(string text)
    {
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                continue;
            }

            if (i + 1 == text.Length || text[i + 1] != '"')
            {
                return i + 1;
            }

            i++;
        }

        return -1;
    }

    private static int EndOfPlain(string text)
    {
        int end = 0;
        while (end < text.Length && text[end] != ',' && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return end;
    }

    // As PostgreSQL folds an identifier that is not quoted in a UTF-8 database: ASCII only.
    private static string Fold(string element)
    {
        var folded = new StringBuilder(element.Length);
        foreach (char c in element)
        {
            folded.Append(char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c);
        }

        return folded.ToString();
    }
}
