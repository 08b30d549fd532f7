// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>What granting and revoking of memberships share: the inspection, and an answer to each request.</summary>
internal abstract class MembershipChange<TRequest> : CatalogChange<IReadOnlyList<MembershipOutcome>>
    where TRequest : MembershipRequest
{
    private readonly SqlContext _context;
    private readonly MembershipOutcome[] _outcomes;
    private readonly Dictionary<string, bool> _inherits = new(StringComparer.Ordinal);
    private List<(string Role, string Member, RoleGrant Grant)> _grants = [];

    private protected MembershipChange(IReadOnlyList<TRequest> requests, SqlContext context)
    {
        Requests = requests;
        _context = context;
        _outcomes = new MembershipOutcome[requests.Count];
        Statements = new MembershipStatements(HasOptions);
        State = new MembershipState([], []);
    }

    /// <summary>What is asked.</summary>
    protected IReadOnlyList<TRequest> Requests { get; }

    /// <summary>Whether memberships have options and several grantors, as from 16 on.</summary>
    protected bool HasOptions => _context.ServerVersion.Major >= 16;

    /// <summary>The memberships as the plan has made them so far.</summary>
    private protected MembershipState State { get; private set; }

    /// <summary>The plan so far.</summary>
    private protected MembershipStatements Statements { get; private set; }

    /// <summary>The roles of which every member must be known.</summary>
    protected virtual string[] WholeRoles => [];

    /// <summary>Whether anything of the requests can be looked up at all.</summary>
    internal static MembershipOutcome? Flaw(TRequest request) =>
        NamesOf(request).Select(name => PgNames.FlawOf(name) is { } flaw ? PgErrors.RoleNameInvalid(name, flaw) : null)
            .FirstOrDefault(error => error is not null) is { } error ? new MembershipOutcome([], error) : null;

    /// <summary>Whether a member has INHERIT, which from 16 on is only the default for new grants.</summary>
    protected bool Inherits(string member) => _inherits[member];

    /// <summary>The memberships that a role's memberships lead to, as member and role, for whoever needs them.</summary>
    private protected List<(string Member, string Role)> Above { get; } = [];

    /// <inheritdoc/>
    protected override void AddInspection(NpgsqlBatchCommandCollection commands)
    {
        string[] roles = Distinct(Requests.SelectMany(request => request.Roles));
        string[] members = Distinct(Requests.SelectMany(request => request.Members));
        commands.Add(MembershipSql.RolesOf(Distinct(Requests.SelectMany(NamesOf))));
        commands.Add(MembershipSql.GrantsOf(roles, members, WholeRoles, HasOptions));
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        _inherits.Clear();
        while (await reader.ReadAsync(cancellation))
        {
            _inherits[reader.GetString(0)] = reader.GetBoolean(1);
        }

        await reader.NextResultAsync(cancellation);
        _grants = await MembershipSql.ReadGrantsAsync(reader, cancellation);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<SqlStatement> Plan()
    {
        Begin();
        PlanRequests(static _ => { });
        return Statements.ToList();
    }

    /// <summary>Begins a plan, or begins it again, with what was found.</summary>
    private protected void Begin()
    {
        State = new MembershipState(_grants, Above);
        Statements = new MembershipStatements(HasOptions);
    }

    /// <summary>Plans every request; what keeps one from being done is its answer.</summary>
    private protected void PlanRequests(Action<TRequest> whenFailed)
    {
        for (int i = 0; i < _outcomes.Length; i++)
        {
            try
            {
                Check(Requests[i]);
                _outcomes[i] = new MembershipOutcome(Plan(Requests[i]));
            }
            catch (PgCloudException error)
            {
                _outcomes[i] = new MembershipOutcome([], error);
                whenFailed(Requests[i]);
            }
        }
    }

    /// <summary>Plans one request, or throws before anything of it is planned.</summary>
    private protected abstract IReadOnlyList<PgRoleMember> Plan(TRequest request);

    /// <summary>Refuses a request that this server, or its roles, cannot fulfil.</summary>
    private protected virtual void Check(TRequest request)
    {
        foreach (string name in NamesOf(request))
        {
            if (!_inherits.ContainsKey(name))
            {
                throw PgErrors.RoleNotFound(name, _context.Target.ToString());
            }
        }

        // Whose grant was read elsewhere says nothing where there is one grant anyway.
        if (!HasOptions && request is { GrantedBy: not null, IsCopy: false })
        {
            throw NotSupported("GRANTED BY");
        }
    }

    /// <summary>The error for what came with 16.</summary>
    private protected PgCloudException NotSupported(string option) =>
        PgErrors.MembershipOptionNotSupported(option, _context.Target.ToString(), _context.ServerVersion.Major);

    /// <summary>The grants that a request is about.</summary>
    private protected List<RoleGrant> GrantsOf(TRequest request, string role, string member)
    {
        List<RoleGrant> all = State.GrantsOf(role, member);
        return request.GrantedBy is { } grantor && HasOptions ? all.FindAll(grant => grant.Grantor == grantor) : all;
    }

    /// <summary>The names, each once, in the order given.</summary>
    private protected static string[] Distinct(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal)];

    /// <inheritdoc/>
    protected override Exception? Explain(PostgresException exception)
    {
        ServerError error = ServerError.From(exception);
        if (error.SqlState != PostgresErrorCodes.DependentObjectsStillExist)
        {
            return null;
        }

        (string role, IReadOnlyList<string> members) = Statements.About(exception.BatchCommand?.CommandText)
            ?? (Requests[0].Roles[0], Requests[0].Members);
        return PgErrors.MembershipHasDependents(role, string.Join(", ", members), error.Message.TrimEnd('.'));
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<MembershipOutcome> Result() => [.. _outcomes];

    /// <summary>Adds to the answer to a request.</summary>
    private protected void AddOutcome(int request, IEnumerable<PgRoleMember> memberships) =>
        _outcomes[request] = _outcomes[request] with { Memberships = [.. _outcomes[request].Memberships, .. memberships] };

    private static IEnumerable<string> NamesOf(TRequest request)
    {
        IEnumerable<string> names = request.Roles.Concat(request.Members);
        return request is { GrantedBy: { } grantor, IsCopy: false } ? names.Append(grantor) : names;
    }
}
