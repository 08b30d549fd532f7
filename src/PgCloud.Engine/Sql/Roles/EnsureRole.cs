// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Engine.Sql.Roles;

/// <summary>Makes a role, or brings one to what is asked.</summary>
internal sealed class EnsureRole : CatalogChange<PgRole>
{
    private readonly RoleRequest _request;

    // Once for all attempts: a verifier costs thousands of hashes.
    private readonly string? _verifier;
    private PgRole? _present;
    private PgRole? _written;

    internal EnsureRole(RoleRequest request)
    {
        PgNames.CheckRole(request.Name);
        _request = request;
        _verifier = request.Password is null ? null : ScramVerifier.Create(request.Name, request.Password);
    }

    /// <inheritdoc/>
    protected override void AddInspection(NpgsqlBatchCommandCollection commands) => commands.Add(RoleReader.Query([_request.Name]));

    /// <inheritdoc/>
    protected override async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        List<PgRole> found = await RoleReader.ReadAsync(reader, PgChange.Unchanged, cancellation);
        _present = found.Count == 0 ? null : found[0];
        _written = null;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<SqlStatement> Plan() =>
        _present is null ? [RoleSql.Create(_request, _verifier)]
        : RoleSql.Alter(_request, _present, _verifier) is { } alter ? [alter]
        : [];

    /// <inheritdoc/>
    protected override NpgsqlBatchCommand ReadBack() => RoleReader.Query([_request.Name]);

    /// <inheritdoc/>
    protected override async Task ReadBackAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        List<PgRole> written = await RoleReader.ReadAsync(reader, _present is null ? PgChange.Created : PgChange.Updated, cancellation);
        _written = written[0];
    }

    /// <inheritdoc/>
    protected override PgRole Result() => _written ?? _present!;
}
