// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Completion;

/// <summary>Completes the names of roles.</summary>
public sealed class RoleNameCompleter : CatalogCompleter
{
    private protected override async Task<IEnumerable<(string Name, string ToolTip)>> ReadAsync(ISqlSession session, CancellationToken cancellation) =>
        (await session.Roles.GetAsync(null, cancellation)).Select(role => (role.Name, role.Login ? "can log in" : "cannot log in"));
}
