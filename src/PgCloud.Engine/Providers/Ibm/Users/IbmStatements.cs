// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Ibm.Users;

/// <summary>Statements of the provider itself, beside those of the catalogs.</summary>
internal static class IbmStatements
{
    /// <summary>Runs statements and returns the first column of what they answer.</summary>
    internal static async Task<string[]> RunAsync(this ISqlSession session, string sql, CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (SqlRowBatch batch in session.Queries.RunAsync(new SqlQuery(sql, new Dictionary<string, object?>(), null), cancellation))
        {
            names.AddRange(batch.Rows.Select(r => r.Values[0]?.ToString() ?? string.Empty));
        }

        return [.. names];
    }
}
