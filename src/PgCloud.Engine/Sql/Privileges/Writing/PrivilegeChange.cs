// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>What granting and revoking of privileges share. A request that cannot be met is set aside whole, and the others go on.</summary>
internal abstract class PrivilegeChange : CatalogChange<ChangeOutcome<PgPrivilege>>
{
    private readonly SqlContext _context;
    private readonly List<PgCloudException> _unsound = [];
    private readonly List<PgCloudException> _unmet = [];
    private readonly List<Part[]> _requests = [];
    private readonly List<PgPrivilege> _results = [];

    private protected PrivilegeChange(IReadOnlyList<PrivilegeRequest> requests, SqlContext context, bool withColumns)
    {
        _context = context;
        foreach (PrivilegeRequest request in requests)
        {
            try
            {
                _requests.Add([.. Presets.Expand(request).Select(ToPart)]);
            }
            catch (PgCloudException unsound) when (requests.Count > 1)
            {
                _unsound.Add(unsound);
            }
        }

        Part[] parts = [.. _requests.SelectMany(request => request)];
        Inspection = new PrivilegeInspection(
            [.. parts.SelectMany(part => part.Objects).Distinct()],
            [.. parts.SelectMany(part => part.Defaults).Distinct()],
            [.. parts.SelectMany(part => part.Request.Grantee.Concat(part.Request.Owner)).Distinct(StringComparer.Ordinal)],
            withColumns,
            context.Target,
            context.ServerVersion);
    }

    /// <summary>What the requests name.</summary>
    private protected PrivilegeInspection Inspection { get; }

    /// <inheritdoc/>
    protected override void AddInspection(NpgsqlBatchCommandCollection commands) => Inspection.AddTo(commands);

    /// <inheritdoc/>
    protected override Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation) => Inspection.ReadAsync(reader, cancellation);

    /// <inheritdoc/>
    protected override IReadOnlyList<SqlStatement> Plan()
    {
        _results.Clear();
        _unmet.Clear();
        var statements = new AclStatements();
        foreach (Part[] request in _requests)
        {
            var pending = new List<PendingChange>();
            try
            {
                foreach (Part part in request)
                {
                    pending.AddRange(Compare(part, statements));
                }
            }
            catch (PgCloudException unmet) when (_requests.Count > 1)
            {
                _unmet.Add(unmet);
                continue;
            }

            foreach (PendingChange change in pending)
            {
                _results.Add(change.Result);
                foreach ((Acting acting, int rank, AclWording wording) in change.Writes)
                {
                    statements.Add(acting, rank, wording, change.Holder, change.Result.Privilege, change.Grantee);
                }
            }
        }

        return statements.Build(_context.ServerVersion);
    }

    /// <inheritdoc/>
    protected override Exception? Explain(PostgresException exception)
    {
        ServerError error = ServerError.From(exception);
        return error.SqlState == PostgresErrorCodes.DependentObjectsStillExist
            ? PgErrors.PrivilegeHasDependents(_context.Target.ToString(), error.Message.TrimEnd('.'))
            : null;
    }

    /// <inheritdoc/>
    protected override ChangeOutcome<PgPrivilege> Result() => new([.. _results], [.. _unsound, .. _unmet]);

    /// <summary>Compares one privilege of one grantee with what is asked for.</summary>
    private protected abstract PendingChange Compare(PrivilegeRequest request, AclHolder holder, string privilege, Grantee grantee);

    private IEnumerable<PendingChange> Compare(Part part, AclStatements statements)
    {
        Grantee[] grantees = [.. part.Request.Grantee.Select(name => Inspection.FindGrantee(name, part.Request.IsPublic)).Distinct()];
        foreach (ObjectSelector all in part.Objects.Where(o => o is { All: true, Type: not (PgObjectType.Schema or PgObjectType.Type or PgObjectType.Domain
            or PgObjectType.View or PgObjectType.MaterializedView or PgObjectType.ForeignTable) }))
        {
            foreach (IGrouping<string, AclHolder> schema in Inspection.Everything(all).GroupBy(holder => holder.Schema!))
            {
                statements.SetTotal(PrivilegeWords.KeywordOf(all.Type), schema.Key, schema.Count());
            }
        }

        AclHolder[] holders = [.. part.Objects.SelectMany(Inspection.Find), .. part.Defaults.Select(Inspection.Find)];
        foreach (AclHolder holder in holders)
        {
            foreach (Grantee grantee in grantees)
            {
                foreach (string privilege in part.Privileges)
                {
                    yield return Compare(part.Request, holder, privilege, grantee);
                }
            }
        }
    }

    private Part ToPart(PrivilegeRequest request)
    {
        foreach (string role in request.Grantee.Concat(request.Owner))
        {
            PgNames.CheckIdentifier(role);
        }

        IReadOnlyList<ObjectSelector> objects = request.Default ? [] : ObjectSelector.Of(request.Objects!);
        IReadOnlyList<DefaultSelector> defaults = request.Default ? DefaultSelector.Of(request, _context.ServerVersion) : [];
        PgObjectType type = objects.Count > 0 ? objects[0].Type : defaults[0].Type;
        if (type == PgObjectType.Parameter && _context.ServerVersion.Major < 15)
        {
            throw PgErrors.PrivilegeVersionTooOld("Privileges on parameters", 15, _context.ServerVersion);
        }

        return new Part(request, objects, defaults, PrivilegeWords.Of(request.Privilege, type, _context.ServerVersion));
    }

    private sealed record Part(
        PrivilegeRequest Request, IReadOnlyList<ObjectSelector> Objects, IReadOnlyList<DefaultSelector> Defaults, IReadOnlyList<string> Privileges);

    /// <summary>What is to be written for one privilege of one grantee, and what will be so then.</summary>
    private protected sealed record PendingChange(
        AclHolder Holder, Grantee Grantee, PgPrivilege Result, IReadOnlyList<(Acting Acting, int Rank, AclWording Wording)> Writes);
}
