// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql.Privileges.Writing;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Ownership;

/// <summary>Gives objects to other owners, as far as they do not have them. A request that cannot be met is set aside whole.</summary>
internal sealed class ChangeOwner : CatalogChange<ChangeOutcome<PgObjectOwner>>
{
    private readonly SqlContext _context;
    private readonly List<PgCloudException> _unsound = [];
    private readonly List<PgCloudException> _unmet = [];
    private readonly List<(string Owner, IReadOnlyList<ObjectSelector> Objects)> _requests = [];
    private readonly List<PgObjectOwner> _results = [];
    private readonly OwnerInspection _inspection;

    internal ChangeOwner(IReadOnlyList<OwnerRequest> requests, SqlContext context)
    {
        _context = context;
        foreach (OwnerRequest request in requests)
        {
            try
            {
                PgNames.CheckIdentifier(request.Owner);
                if (request.Objects.Type is PgObjectType.Column or PgObjectType.Parameter || request.Objects.Column.Count > 0)
                {
                    throw PgErrors.OwnerNotApplicable(request.Objects.Column.Count > 0 ? PgObjectType.Column : request.Objects.Type);
                }

                _requests.Add((request.Owner, ObjectSelector.Of(request.Objects)));
            }
            catch (PgCloudException unsound) when (requests.Count > 1)
            {
                _unsound.Add(unsound);
            }
        }

        _inspection = new OwnerInspection(
            [.. _requests.SelectMany(r => r.Objects).Distinct()], [.. _requests.Select(r => r.Owner).Distinct(StringComparer.Ordinal)], context);
    }

    /// <inheritdoc/>
    protected override void AddInspection(NpgsqlBatchCommandCollection commands) => _inspection.AddTo(commands);

    /// <inheritdoc/>
    protected override Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation) => _inspection.ReadAsync(reader, cancellation);

    /// <inheritdoc/>
    protected override IReadOnlyList<SqlStatement> Plan()
    {
        _results.Clear();
        _unmet.Clear();
        var statements = new List<SqlStatement>();
        var borrowed = new BorrowedRoles(_context.ServerVersion);
        var done = new HashSet<(PgObjectType, string, string)>();
        foreach ((string owner, IReadOnlyList<ObjectSelector> objects) in _requests)
        {
            try
            {
                var changes = objects.SelectMany(_inspection.Find).Select(holder => (holder, _inspection.Check(holder, owner))).ToList();
                // A pipeline of privileges brings an object once for each.
                foreach ((AclHolder holder, (RoleAccess Old, RoleAccess New)? access) in changes.Where(c => done.Add((c.holder.Type, c.holder.Title, owner))))
                {
                    if (access is { } roles)
                    {
                        Borrow(borrowed, roles.Old, roles.Old.Uses || (_context.ServerVersion.Major < 16 && roles.Old.Sets));
                        Borrow(borrowed, roles.New, roles.New.Sets);
                        statements.Add(OwnerSql.Alter(holder, owner));
                    }

                    _results.Add(Describe(holder, owner, access is null ? PgChange.Unchanged : PgChange.Updated));
                }
            }
            catch (PgCloudException unmet) when (_requests.Count > 1)
            {
                _unmet.Add(unmet);
            }
        }

        return [.. borrowed.Borrow(), .. statements, .. borrowed.Return()];
    }

    /// <inheritdoc/>
    protected override ChangeOutcome<PgObjectOwner> Result() => new([.. _results], [.. _unsound, .. _unmet]);

    private static void Borrow(BorrowedRoles borrowed, RoleAccess role, bool suffices)
    {
        if (!suffices)
        {
            borrowed.Add(role.Name, role.Inherit, role.Set);
        }
    }

    private static PgObjectOwner Describe(AclHolder holder, string owner, PgChange change) => new()
    {
        ObjectType = holder.Type,
        Schema = holder.Schema,
        Name = holder.Name!,
        ObjectName = holder.Title,
        Owner = owner,
        PreviousOwner = holder.Owner,
        Change = change,
    };
}
