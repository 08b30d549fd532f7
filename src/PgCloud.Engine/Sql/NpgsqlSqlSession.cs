// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Sql.Activity;
using PgCloud.Engine.Sql.Connections;
using PgCloud.Engine.Sql.Databases;
using PgCloud.Engine.Sql.Memberships;
using PgCloud.Engine.Sql.Privileges.Reading;
using PgCloud.Engine.Sql.Privileges.Writing;
using PgCloud.Engine.Sql.Queries;
using PgCloud.Engine.Sql.Roles;
using PgCloud.Engine.Sql.Tables;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql;

/// <summary>A session over one Npgsql connection.</summary>
public sealed class NpgsqlSqlSession : ISqlSession
{
    private readonly SqlContext _context;

    private NpgsqlSqlSession(SqlContext context)
    {
        _context = context;
        Roles = new RoleCatalog(context);
        Memberships = new MembershipCatalog(context);
        Privileges = new PrivilegeReader(context);
        Tables = new TableCopy(context);
        Databases = new DatabaseCatalog(context);
        Activity = new ServerActivity(context);
        PrivilegeChanges = new PrivilegeChanges(context);
        Queries = new QueryRunner(context);
    }

    /// <inheritdoc/>
    public Version ServerVersion => _context.ServerVersion;

    /// <inheritdoc/>
    public IRoleCatalog Roles { get; }

    /// <inheritdoc/>
    public IMembershipCatalog Memberships { get; }

    /// <inheritdoc/>
    public IPrivilegeReader Privileges { get; }

    /// <inheritdoc/>
    public ITableCopy Tables { get; }

    /// <inheritdoc/>
    public IDatabaseCatalog Databases { get; }

    /// <inheritdoc/>
    public IActivity Activity { get; }

    /// <inheritdoc/>
    public IPrivilegeChanges PrivilegeChanges { get; }

    /// <inheritdoc/>
    public IQueryRunner Queries { get; }

    /// <summary>Opens a session.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Connection.*</c>.</exception>
    public static async Task<NpgsqlSqlSession> OpenAsync(SqlTarget target, IReporter reporter, CancellationToken cancellation) =>
        new(new SqlContext(await SqlLink.OpenAsync(target, cancellation), target, reporter));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
