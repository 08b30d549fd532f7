// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Databases;

/// <summary>In what a database that is there differs from what is asked and cannot be changed.</summary>
internal static class DatabaseDifferences
{
    /// <summary>The differences, in words.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="present">What is there.</param>
    /// <param name="encoding">The encoding that is asked for, as the server calls it.</param>
    internal static IReadOnlyList<string> Of(DatabaseRequest request, PgDatabase present, string? encoding)
    {
        var differences = new List<string>();
        void Compare(string what, string? wanted, string? found, bool isSame)
        {
            if (wanted is not null && !isSame)
            {
                differences.Add($"its {what} is {found ?? "none"}, not {wanted}");
            }
        }

        void Same(string what, string? wanted, string? found) => Compare(what, wanted, found, wanted == found);

        Same("encoding", encoding, present.Encoding);
        Same("locale provider", request.LocaleProvider?.ToString(), present.LocaleProvider.ToString());
        switch (present.LocaleProvider)
        {
            case PgLocaleProvider.Libc:
                Same("collation", request.Collate ?? request.Locale, present.Collate);
                Same("character type", request.CType ?? request.Locale, present.CType);
                break;
            default:
                Compare("locale", request.Locale, present.Locale, IsSameLocale(request.Locale, present.Locale));
                Same("collation", request.Collate, present.Collate);
                Same("character type", request.CType, present.CType);
                break;
        }

        Same("tablespace", request.Tablespace, present.Tablespace);
        return differences;
    }

    // From 16 on the server keeps en_US as en-US, and from 17 on C.UTF8 as C.UTF-8.
    private static bool IsSameLocale(string? wanted, string? present) => string.Equals(Plain(wanted), Plain(present), StringComparison.OrdinalIgnoreCase);

    private static string? Plain(string? locale) => locale?.Replace('_', '-').Replace("UTF8", "UTF-8", StringComparison.OrdinalIgnoreCase);
}
