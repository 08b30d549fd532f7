// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text;
using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Databases;

/// <summary>Builds statements about databases. Names are quoted and never read; all else is a word of ours, a number or a literal.</summary>
internal static class DatabaseSql
{
    /// <summary>CREATE DATABASE with what is asked for.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="withOwner">Whether the owner is named; else it is handed over afterwards.</param>
    internal static SqlStatement Create(DatabaseRequest request, bool withOwner)
    {
        var sql = new StringBuilder("CREATE DATABASE ").Append(PgNames.Quote(request.Name));
        Name(sql, "OWNER", withOwner ? request.Owner : null);
        Name(sql, "TEMPLATE", request.Template);
        Literal(sql, "ENCODING", request.Encoding);
        if (request.LocaleProvider is { } provider)
        {
            sql.Append(" LOCALE_PROVIDER ").Append(Word(provider));
        }

        Literal(sql, LocaleOption(request.LocaleProvider), request.Locale);
        Literal(sql, "LC_COLLATE", request.Collate);
        Literal(sql, "LC_CTYPE", request.CType);
        Name(sql, "TABLESPACE", request.Tablespace);
        Options(sql, request, null);
        return sql.ToString();
    }

    /// <summary>The statements that bring a database to what is asked; none where it is so.</summary>
    internal static IEnumerable<SqlStatement> Alter(DatabaseAttributes attributes, PgDatabase present)
    {
        string name = PgNames.Quote(present.Name);
        var options = new StringBuilder();
        Options(options, attributes, present);
        if (options.Length > 0)
        {
            yield return $"ALTER DATABASE {name}{options}";
        }

        if (attributes.Comment is { } comment && comment != (present.Comment ?? string.Empty))
        {
            yield return $"COMMENT ON DATABASE {name} IS {(comment.Length == 0 ? "NULL" : SqlText.Literal(comment))}";
        }

        // Last, since the rest is the owner's to do.
        if (attributes.Owner is { } owner && owner != present.Owner)
        {
            yield return $"ALTER DATABASE {name} OWNER TO {PgNames.Quote(owner)}";
        }
    }

    /// <summary>DROP DATABASE.</summary>
    internal static SqlStatement Drop(string name, bool force) => $"DROP DATABASE {PgNames.Quote(name)}{(force ? " WITH (FORCE)" : string.Empty)}";

    // ICU_LOCALE from 15 on and BUILTIN_LOCALE from 17 on; LOCALE would set LC_COLLATE and LC_CTYPE too, which know other names.
    private static string LocaleOption(PgLocaleProvider? provider) => provider switch
    {
        PgLocaleProvider.Icu => "ICU_LOCALE",
        PgLocaleProvider.Builtin => "BUILTIN_LOCALE",
        _ => "LOCALE",
    };

    private static string Word(PgLocaleProvider provider) => provider switch
    {
        PgLocaleProvider.Icu => "icu",
        PgLocaleProvider.Builtin => "builtin",
        _ => "libc",
    };

    private static void Options(StringBuilder sql, DatabaseAttributes attributes, PgDatabase? present)
    {
        Word(sql, "ALLOW_CONNECTIONS", attributes.AllowConnections, present?.AllowConnections);
        if (attributes.ConnectionLimit is { } limit && limit != present?.ConnectionLimit)
        {
            sql.Append(CultureInfo.InvariantCulture, $" CONNECTION LIMIT {limit}");
        }

        Word(sql, "IS_TEMPLATE", attributes.IsTemplate, present?.IsTemplate);
    }

    private static void Word(StringBuilder sql, string option, bool? wanted, bool? present)
    {
        if (wanted is { } value && value != present)
        {
            sql.Append(' ').Append(option).Append(value ? " true" : " false");
        }
    }

    private static void Name(StringBuilder sql, string option, string? name)
    {
        if (name is not null)
        {
            sql.Append(' ').Append(option).Append(' ').Append(PgNames.Quote(name));
        }
    }

    private static void Literal(StringBuilder sql, string option, string? value)
    {
        if (value is not null)
        {
            sql.Append(' ').Append(option).Append(' ').Append(SqlText.Literal(value));
        }
    }
}
