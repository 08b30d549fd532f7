// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Network;

/// <summary>Lets connections to an instance in from these addresses and from no others.</summary>
/// <remarks>
///   The whole list is replaced: what is not named is no longer let in. To add to the list use Add-PgAuthorisedIp, which keeps the entries of
///   others. Addresses are read as there. A range that stays keeps its description, unless -Description is given.
///   After an error the list is wholly as before or wholly as asked; run again it writes what differs.
/// </remarks>
/// <example>
///   <code>Set-PgAuthorisedIp orders -Address 203.0.113.7, 203.0.113.32/28 -Description 'runbook hosts'</code>
///   <para>Lets in one address and one range, and nobody else.</para>
/// </example>
/// <example>
///   <code>Set-PgAuthorisedIp orders -Address @() -Confirm:$false</code>
///   <para>Lets nobody in.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "PgAuthorisedIp", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[Alias("Set-PgAuthorizedIp")]
[OutputType(typeof(PgAuthorisedIp))]
public sealed class SetPgAuthorisedIpCommand : AuthorisedIpCmdlet
{
    /// <summary>IPv4 or IPv6 addresses, alone or with a prefix length; none to let nobody in.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [AllowEmptyCollection]
    [Alias("Cidr")]
    public string[] Address { get; set; } = [];

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Written => Address;

    /// <inheritdoc/>
    private protected override string Describe(IReadOnlyList<AuthorisedIpRequest> ranges) => ranges.Count == 0 ? "nowhere" : $"{List(ranges)} only";

    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<PgAuthorisedIp>> ApplyAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, CancellationToken cancellation) =>
        SessionFor(instance).Cloud.SetAuthorisedIpsAsync(instance, ranges, EnforcementMode, Reporter, cancellation);
}
