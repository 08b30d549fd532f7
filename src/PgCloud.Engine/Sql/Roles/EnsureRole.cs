// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Roles;

/// <summary>Brings a role to what is asked, and makes one that is not there where that is allowed.</summary>
internal sealed class EnsureRole : CatalogChange<PgRole>
{
    private const string DatabaseQuery =
        "SELECT 1 FROM pg_catalog.pg_database d WHERE d.datname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1)";

    private readonly RoleRequest _request;
    private readonly SqlTarget _target;
    private readonly bool _mayCreate;
    private readonly string[] _names;

    // Once for all attempts: a verifier costs thousands of hashes.
    private readonly string? _verifier;
    private PgRole? _present;
    private PgRole? _written;

    internal EnsureRole(RoleRequest request, SqlContext context, bool mayCreate)
    {
        _names = request.NewName is null ? [request.Name] : [request.Name, request.NewName];
        foreach (string name in _names)
        {
            PgNames.CheckRole(name);
        }

        if (request.Comment is { } comment && PgNames.TextFlawOf(comment) is { } flaw)
        {
            throw PgErrors.RoleCommentInvalid(request.Name, flaw);
        }

        RoleSettingSql.Check(request.Settings);
        _request = request;
        _target = context.Target;
        _mayCreate = mayCreate;
        _verifier = request.Password is null ? null : ScramVerifier.Create(request.Name, request.Password, context.ScramIterations);
    }

    /// <summary>The role's name.</summary>
    internal string Name => _request.Name;

    /// <summary>Whether a password was on its way.</summary>
    internal bool HasBegunSettingPassword => HasBegunWriting && _verifier is not null;

    /// <inheritdoc/>
    protected override void AddInspection(NpgsqlBatchCommandCollection commands)
    {
        commands.Add(RoleReader.Query(_names));
        if (_request.SettingsDatabase is { } database)
        {
            var query = new NpgsqlBatchCommand(DatabaseQuery);
            query.Parameters.Add(SqlText.Array([database]));
            commands.Add(query);
        }
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        List<PgRole> found = await RoleReader.ReadAsync(reader, PgChange.Unchanged, cancellation);
        _written = null;
        _present = found.Find(role => role.Name == _request.Name);
        if (_request.NewName is { } newName && newName != _request.Name && found.Find(role => role.Name == newName) is { } renamed)
        {
            // What an earlier run renamed is not there under its old name.
            _present = _present is null ? renamed : throw PgErrors.RoleExists(newName, _target.ToString());
        }

        if (_present is null && !_mayCreate)
        {
            throw PgErrors.RoleNotFound(_request.Name, _target.ToString());
        }

        if (_request.SettingsDatabase is { } database)
        {
            await reader.NextResultAsync(cancellation);
            if (!await reader.ReadAsync(cancellation))
            {
                throw PgErrors.RoleSettingDatabaseNotFound(database, _target.ToString());
            }
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<SqlStatement> Plan()
    {
        string name = _present?.Name ?? _request.Name;
        var statements = new List<SqlStatement>();
        if (_present is null)
        {
            statements.Add(RoleSql.Create(_request, _verifier));
        }
        else if (RoleSql.Alter(_request, _present, _request.IsPasswordForNewRole ? null : _verifier) is { } alter)
        {
            statements.Add(alter);
        }

        statements.AddRange(RoleSettingSql.Differences(name, _request, _present?.Setting ?? []));
        if (_request.Comment is { } comment && comment != (_present?.Comment ?? string.Empty))
        {
            statements.Add(RoleSql.Comment(name, comment));
        }

        if (_request.NewName is { } newName && newName != name)
        {
            statements.Add(RoleSql.Rename(name, newName));
        }

        return statements;
    }

    /// <inheritdoc/>
    protected override NpgsqlBatchCommand ReadBack() => RoleReader.Query([_request.NewName ?? _request.Name]);

    /// <inheritdoc/>
    protected override async Task ReadBackAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        List<PgRole> written = await RoleReader.ReadAsync(reader, _present is null ? PgChange.Created : PgChange.Updated, cancellation);
        _written = written[0];
    }

    /// <inheritdoc/>
    protected override Exception? Explain(PostgresException exception) => exception.SqlState switch
    {
        // A value the parameter does not take, a name no parameter can have, one that is not there, and one that no session can set.
        "22023" or "42602" or "42704" or "55P02" when _request.Settings.Count > 0 => PgErrors.RoleSettingInvalid(
            _request.Settings.Count == 1 ? _request.Settings[0].Name : _request.Name, ServerError.From(exception).Message.TrimEnd('.')),
        _ => null,
    };

    /// <inheritdoc/>
    protected override PgRole Result() => _written ?? _present!;
}
