// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Audit;
using PgCloud.Completion;
using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>What Grant-PgRole and Revoke-PgRole share.</summary>
public abstract class MembershipCmdlet : GatheringCmdlet<MembershipRequest>
{
    /// <summary>The roles whose membership it is about.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Role { get; set; } = [];

    /// <summary>The members. A role or user that is piped in is the member.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Member { get; set; } = [];

    /// <summary>A membership, whose role, member and options are taken over.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    [RevivedTransformation]
    public PSObject? InputObject { get; set; }

    /// <summary>Only the grant by this role: from PostgreSQL 16 on, several roles can each grant the same membership.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? GrantedBy { get; set; }

    /// <summary>Writes the memberships.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What the present record asks for.</summary>
    private protected abstract MembershipRequest Ask(PipedMembership piped);

    /// <summary>Carries the requests out.</summary>
    private protected abstract Task<IReadOnlyList<MembershipOutcome>?> ApplyAsync(
        IMembershipCatalog memberships, IEnumerable<MembershipRequest> requests, CancellationToken cancellation);

    /// <inheritdoc/>
    private protected override MembershipRequest Ask()
    {
        var piped = new PipedMembership(InputObject);
        piped.RefuseIndirect();
        return Ask(piped);
    }

    /// <inheritdoc/>
    private protected override async Task ApplyAsync(
        ISqlSession session, IReadOnlyList<PgConnection> connections, IReadOnlyList<MembershipRequest> requests, CancellationToken cancellation)
    {
        string[] names = [.. requests.Select(r => $"{string.Join(", ", r.Members)} in {string.Join(", ", r.Roles)}")];
        About<PgRoleMember>(string.Join("; ", names));
        IReadOnlyList<MembershipOutcome>? outcomes = await ApplyAsync(session.Memberships, requests, cancellation);
        if (outcomes is null)
        {
            return;
        }

        for (int i = 0; i < outcomes.Count; i++)
        {
            foreach (PgRoleMember membership in outcomes[i].Memberships)
            {
                membership.Connection = connections[i];
            }
        }

        Record(
            outcomes.SelectMany(o => o.Memberships),
            outcomes.Select((o, i) => (AuditTarget.Named<PgRoleMember>(names[i]), o.Error)).Where(f => f.Error is not null).Select(f => ((object?)f.Item1, f.Error!)));
        foreach (MembershipOutcome outcome in outcomes)
        {
            if (outcome.Error is { } error)
            {
                await WriteErrorAsync(error);
            }
            else if (PassThru)
            {
                await WriteAllAsync(outcome.Memberships);
            }
        }
    }

    /// <summary>Whether a switch was given, and how.</summary>
    private protected bool? Asked(string parameter, SwitchParameter value) =>
        IsGiven(parameter) ? value.IsPresent : null;
}
