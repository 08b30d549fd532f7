// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql;

/// <summary>Opens connections for those who work with Npgsql's own.</summary>
internal static class SqlConnector
{
    /// <summary>Opens a connection.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Connection.*</c>.</exception>
    internal static async Task<NpgsqlConnection> OpenAsync(SqlTarget target, CancellationToken cancellation) =>
        (await SqlLink.OpenAsync(target, cancellation)).Connection;
}
