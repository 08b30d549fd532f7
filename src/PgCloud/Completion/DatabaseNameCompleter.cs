// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Completion;

/// <summary>Completes the names of databases.</summary>
public sealed class DatabaseNameCompleter : CatalogCompleter
{
    private protected override async Task<IEnumerable<(string Name, string ToolTip)>> ReadAsync(ISqlSession session, CancellationToken cancellation) =>
        (await session.Databases.GetAsync(null, withSize: false, cancellation)).Select(database => (database.Name, $"owned by {database.Owner}"));
}
