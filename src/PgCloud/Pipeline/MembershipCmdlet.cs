// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>
///   What Grant-PgRole and Revoke-PgRole share: records are gathered, and after the last one those of a connection are carried out in one
///   transaction.
/// </summary>
public abstract class MembershipCmdlet : SqlCmdlet
{
    private readonly List<(PgConnection Connection, MembershipRequest Request)> _records = [];

    /// <summary>The roles whose membership it is about.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Role { get; set; } = [];

    /// <summary>The members. A role or user that is piped in is the member.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    public string[] Member { get; set; } = [];

    /// <summary>A membership, whose role, member and options are taken over.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Only the grant by this role: from PostgreSQL 16 on, several roles can each grant the same membership.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? GrantedBy { get; set; }

    /// <summary>Writes the memberships.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What the present record asks for.</summary>
    private protected abstract MembershipRequest Ask(PipedMembership piped);

    /// <summary>Carries the records of one connection out.</summary>
    private protected abstract Task<IReadOnlyList<MembershipOutcome>?> ApplyAsync(
        IMembershipCatalog memberships, IEnumerable<MembershipRequest> requests, CancellationToken cancellation);

    /// <inheritdoc/>
    private protected override Task ProcessAsync(CancellationToken cancellation)
    {
        var piped = new PipedMembership(InputObject);
        piped.RefuseIndirect();
        _records.Add((Connection, Ask(piped)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    private protected override async Task EndAsync(CancellationToken cancellation)
    {
        // A connection without a password fails for its own records only.
        foreach (var records in _records.GroupBy(record => record.Connection.ToSqlTarget(record.Connection.Credential)))
        {
            await ForEachAsync(() => ApplyAsync([.. records], cancellation));
        }
    }

    private async Task ApplyAsync(List<(PgConnection Connection, MembershipRequest Request)> records, CancellationToken cancellation)
    {
        ISqlSession session = await SessionAsync(records[0].Connection, cancellation);
        IReadOnlyList<MembershipOutcome>? outcomes =
            await ApplyAsync(session.Memberships, records.Select(record => record.Request), cancellation);
        for (int i = 0; i < outcomes?.Count; i++)
        {
            if (outcomes[i].Error is { } error)
            {
                await WriteErrorAsync(error);
            }
            else if (PassThru)
            {
                foreach (PgRoleMember membership in outcomes[i].Memberships)
                {
                    membership.Connection = records[i].Connection;
                }

                await WriteAllAsync(outcomes[i].Memberships);
            }
        }
    }

    /// <summary>Whether a switch was given, and how.</summary>
    private protected bool? Asked(string parameter, SwitchParameter value) =>
        MyInvocation.BoundParameters.ContainsKey(parameter) ? value.IsPresent : null;
}
