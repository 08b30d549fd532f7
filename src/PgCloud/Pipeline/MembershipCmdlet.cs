// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>What Grant-PgRole and Revoke-PgRole share: roles, members and one transaction.</summary>
public abstract class MembershipCmdlet : SqlCmdlet
{
    /// <summary>The roles whose membership it is about.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Role { get; set; } = [];

    /// <summary>The members. A role or user that is piped in is the member.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    public string[] Member { get; set; } = [];

    /// <summary>Writes the memberships.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract Task<IReadOnlyList<PgRoleMember>?> ApplyAsync(IMembershipCatalog memberships, CancellationToken cancellation);

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        foreach (string name in Role.Concat(Member))
        {
            PgNames.CheckIdentifier(name);
        }

        ISqlSession session = await SessionAsync(cancellation);
        foreach (PgRoleMember membership in await ApplyAsync(session.Memberships, cancellation) ?? [])
        {
            if (PassThru)
            {
                membership.Connection = Connection;
                await WriteAsync(membership);
            }
        }
    }
}
