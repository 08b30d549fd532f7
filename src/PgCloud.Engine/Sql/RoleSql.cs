// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text;
using PgCloud.Contracts;

namespace PgCloud.Engine.Sql;

/// <summary>Builds statements about roles. Names are quoted and never read; all else is a word of ours, a number or a date.</summary>
internal static class RoleSql
{
    /// <summary>CREATE ROLE with the attributes that are asked for.</summary>
    /// <param name="request">What is asked for; its password is not looked at.</param>
    /// <param name="verifier">The password's verifier, from <see cref="ScramVerifier"/>.</param>
    internal static string Create(RoleRequest request, string? verifier = null) =>
        $"CREATE ROLE {PgNames.Quote(request.Name)}{Attributes(request, null, verifier)}";

    /// <summary>ALTER ROLE with what differs; <see langword="null"/> where nothing does.</summary>
    internal static string? Alter(RoleRequest request, PgRole present, string? verifier = null) =>
        Attributes(request, present, verifier) is { Length: > 0 } attributes
            ? $"ALTER ROLE {PgNames.Quote(request.Name)}{attributes}"
            : null;

    /// <summary>ALTER ROLE … PASSWORD.</summary>
    internal static string SetPassword(string name, string verifier) =>
        $"ALTER ROLE {PgNames.Quote(name)} PASSWORD {Literal(verifier)}";

    /// <summary>DROP ROLE.</summary>
    internal static string Drop(string name) => $"DROP ROLE {PgNames.Quote(name)}";

    /// <summary>GRANT of one role to several members.</summary>
    internal static string Grant(string role, IEnumerable<string> members, string options = "") =>
        $"GRANT {PgNames.Quote(role)} TO {string.Join(", ", members.Select(PgNames.Quote))}{options}";

    /// <summary>REVOKE of one role from several members.</summary>
    /// <param name="role">The role.</param>
    /// <param name="members">The members.</param>
    /// <param name="grantor">Whose grant is revoked; from 16 on a membership may have been granted several times.</param>
    internal static string Revoke(string role, IEnumerable<string> members, string? grantor) =>
        $"REVOKE {PgNames.Quote(role)} FROM {string.Join(", ", members.Select(PgNames.Quote))}"
        + (grantor is null ? string.Empty : $" GRANTED BY {PgNames.Quote(grantor)}");

    /// <summary>Text as a literal that means the same whatever standard_conforming_strings is.</summary>
    internal static string Literal(string text)
    {
        string doubled = text.Replace("'", "''", StringComparison.Ordinal);
        return text.Contains('\\', StringComparison.Ordinal)
            ? $" E'{doubled.Replace("\\", "\\\\", StringComparison.Ordinal)}'"
            : $"'{doubled}'";
    }

    private static string Attributes(RoleRequest request, PgRole? present, string? verifier)
    {
        var sql = new StringBuilder();
        Word(sql, request.Login, present?.Login, "LOGIN");
        Word(sql, request.Inherit, present?.Inherit, "INHERIT");
        Word(sql, request.CreateDatabase, present?.CreateDatabase, "CREATEDB");
        Word(sql, request.CreateRole, present?.CreateRole, "CREATEROLE");
        if (request.ConnectionLimit is { } limit && limit != present?.ConnectionLimit)
        {
            sql.Append(CultureInfo.InvariantCulture, $" CONNECTION LIMIT {limit}");
        }

        if (request.ValidUntil is { } until && (present is null || Moment(until) != Moment(present.ValidUntil ?? DateTimeOffset.MaxValue)))
        {
            sql.Append(" VALID UNTIL ").Append(Literal(Moment(until)));
        }

        if (verifier is not null)
        {
            sql.Append(" PASSWORD ").Append(Literal(verifier));
        }

        return sql.ToString();
    }

    private static void Word(StringBuilder sql, bool? wanted, bool? present, string word)
    {
        if (wanted is { } value && value != present)
        {
            sql.Append(value ? " " : " NO").Append(word);
        }
    }

    /// <summary>A moment as PostgreSQL keeps it: in microseconds.</summary>
    private static string Moment(DateTimeOffset moment) => moment == DateTimeOffset.MaxValue
        ? "infinity"
        : moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.ffffff+00", CultureInfo.InvariantCulture);
}
