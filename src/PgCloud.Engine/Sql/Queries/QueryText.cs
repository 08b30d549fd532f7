// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>What is sent for a query, and how what the server says of it relates to what the user wrote.</summary>
internal sealed class QueryText
{
    // The second statement is for what follows a COMMIT of the user's own.
    private const string BeforeReadOnly = "BEGIN TRANSACTION READ ONLY;SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY;";
    private const int StatementsBeforeReadOnly = 2;

    private readonly SqlQuery _query;
    private readonly SqlScript _script;
    private readonly Dictionary<string, object?> _sent = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="PgCloudException"><c>PgCloud.Sql.ParameterMissing</c>.</exception>
    internal QueryText(SqlQuery query)
    {
        _query = query;
        _script = new SqlScript(query.Text);
        var missing = new List<string>();
        foreach (SqlScript.ParameterPlace named in _script.Parameters)
        {
            if (query.Parameters.TryGetValue(named.Name, out object? value))
            {
                _sent[named.Name] = value;
            }
            else if (!named.MayBeOperator && !missing.Contains(named.Name))
            {
                missing.Add(named.Name);
            }
        }

        if (missing.Count > 0)
        {
            throw PgErrors.SqlParameterMissing(missing);
        }
    }

    /// <summary>A command that runs it.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Sql.ParameterInvalid</c>.</exception>
    internal NpgsqlCommand CreateCommand(NpgsqlConnection connection)
    {
        string text = _query.ReadOnly ? $"{BeforeReadOnly}{_query.Text}\n;COMMIT" : _query.Text;
        // Text is the one format every type has: aclitem has no binary one, and enums, composites and extensions' types need no loading.
        var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0, AllResultTypesAreUnknown = true };
        foreach ((string name, object? value) in _sent)
        {
            command.Parameters.Add(QueryParameters.Create(name, value));
        }

        return command;
    }

    /// <summary>Where in the user's text the server found something wrong; <see langword="null"/> where it did not say.</summary>
    internal string? PlaceOf(PostgresException exception, NpgsqlCommand command)
    {
        if (exception.Position <= 0)
        {
            return null;
        }

        int statement = StatementsOf(command).TakeWhile(s => s != exception.BatchCommand).Count() - (_query.ReadOnly ? StatementsBeforeReadOnly : 0);
        return statement < 0 || exception.BatchCommand is null
            ? null
            : QueryPlace.Describe(_query.Text, _script.Locate(statement, exception.Position, _sent.ContainsKey), exception.MessageText);
    }

    /// <summary>The statements that a command consists of.</summary>
#pragma warning disable CS0618 // the batch that is to replace it cannot ask for text
    internal static IReadOnlyList<NpgsqlBatchCommand> StatementsOf(NpgsqlCommand command) => command.Statements;
#pragma warning restore CS0618
}
