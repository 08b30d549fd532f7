// SPDX-License-Identifier: MIT

using Npgsql;

namespace PgCloud.Engine.Sql;

/// <summary>What an ErrorResponse says, as far as it may be shown: never the statement, which may hold a password's verifier.</summary>
/// <param name="SqlState">SQLSTATE.</param>
/// <param name="Message">The message, in the server's language.</param>
/// <param name="Detail">The detail.</param>
/// <param name="Hint">The hint.</param>
/// <param name="Routine">The function of the server that raised it; the same in every language.</param>
/// <param name="Schema">The schema of the object it is about.</param>
internal sealed record ServerError(string SqlState, string Message, string? Detail, string? Hint, string? Routine, string? Schema)
{
    /// <summary>Where in the user's text it is, in words.</summary>
    internal string? Place { get; init; }

    /// <summary>Reads Npgsql's exception.</summary>
    internal static ServerError From(PostgresException exception) => new(
        exception.SqlState,
        Redaction.Clean(exception.MessageText),
        Redaction.CleanOrNull(exception.Detail),
        Redaction.CleanOrNull(exception.Hint),
        exception.Routine,
        exception.SchemaName);
}
