// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text;
using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Roles;

/// <summary>Builds statements about roles. Names are quoted and never read; all else is a word of ours, a number or a date.</summary>
internal static class RoleSql
{
    /// <summary>CREATE ROLE with the attributes that are asked for.</summary>
    /// <param name="request">What is asked for; its password is not looked at.</param>
    /// <param name="verifier">The password's verifier, from <see cref="Credentials.ScramVerifier"/>.</param>
    internal static SqlStatement Create(RoleRequest request, string? verifier = null) =>
        WithSecret(verifier, secret => $"CREATE ROLE {PgNames.Quote(request.Name)}{Attributes(request, null, secret)}");

    /// <summary>ALTER ROLE with what differs; <see langword="null"/> where nothing does.</summary>
    internal static SqlStatement? Alter(RoleRequest request, PgRole present, string? verifier = null) =>
        Attributes(request, present, verifier).Length == 0
            ? (SqlStatement?)null
            : WithSecret(verifier, secret => $"ALTER ROLE {PgNames.Quote(present.Name)}{Attributes(request, present, secret)}");

    /// <summary>COMMENT ON ROLE; an empty comment takes the present one away.</summary>
    internal static string Comment(string name, string comment) =>
        $"COMMENT ON ROLE {PgNames.Quote(name)} IS {(comment.Length == 0 ? "NULL" : SqlText.Literal(comment))}";

    /// <summary>ALTER ROLE … RENAME.</summary>
    internal static string Rename(string name, string newName) => $"ALTER ROLE {PgNames.Quote(name)} RENAME TO {PgNames.Quote(newName)}";

    /// <summary>REASSIGN OWNED.</summary>
    internal static string ReassignOwned(string name, string heir) => $"REASSIGN OWNED BY {PgNames.Quote(name)} TO {PgNames.Quote(heir)}";

    /// <summary>DROP OWNED, which revokes privileges too.</summary>
    internal static string DropOwned(string name) => $"DROP OWNED BY {PgNames.Quote(name)}";

    /// <summary>DROP ROLE.</summary>
    internal static string Drop(string name) => $"DROP ROLE {PgNames.Quote(name)}";

    /// <summary>The statement with the secret in it, and with psql's variable "verifier" in its place.</summary>
    private static SqlStatement WithSecret(string? verifier, Func<string?, string> build) => verifier is null
        ? build(null)
        : new SqlStatement(build(SqlText.Literal(verifier)), build(":'verifier'"));

    private static string Attributes(RoleRequest request, PgRole? present, string? secret)
    {
        var sql = new StringBuilder();
        Word(sql, request.Superuser, present?.Superuser, "SUPERUSER");
        Word(sql, request.Login, present?.Login, "LOGIN");
        Word(sql, request.Inherit, present?.Inherit, "INHERIT");
        Word(sql, request.CreateDatabase, present?.CreateDatabase, "CREATEDB");
        Word(sql, request.CreateRole, present?.CreateRole, "CREATEROLE");
        Word(sql, request.Replication, present?.Replication, "REPLICATION");
        Word(sql, request.BypassRls, present?.BypassRls, "BYPASSRLS");
        if (request.ConnectionLimit is { } limit && limit != present?.ConnectionLimit)
        {
            sql.Append(CultureInfo.InvariantCulture, $" CONNECTION LIMIT {limit}");
        }

        if (request.ValidUntil is { } until && (present is null || Moment(until) != Moment(present.ValidUntil ?? DateTimeOffset.MaxValue)))
        {
            sql.Append(" VALID UNTIL ").Append(SqlText.Literal(Moment(until)));
        }

        if (secret is not null)
        {
            sql.Append(" PASSWORD ").Append(secret);
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
