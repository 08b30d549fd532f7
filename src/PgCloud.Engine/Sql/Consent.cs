// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Sql;

/// <summary>Asks for the approval of statements, and remembers to which it was given.</summary>
internal sealed class Consent(SqlTarget target, IChangeApproval approval)
{
    private IReadOnlyList<string>? _given;

    /// <summary>Asks; a yes covers these statements from now on.</summary>
    internal async Task<bool> ToAsync(IReadOnlyList<SqlStatement> statements)
    {
        string[] shown = [.. statements.Select(statement => statement.Shown)];
        _given = await approval.ApproveAsync([new SqlPlan(target.ToString(), shown)]) ? shown : null;
        return _given is not null;
    }

    /// <summary>Whether just these statements were approved.</summary>
    internal bool Covers(IReadOnlyList<SqlStatement> statements) =>
        _given is not null && _given.SequenceEqual(statements.Select(statement => statement.Shown), StringComparer.Ordinal);
}
