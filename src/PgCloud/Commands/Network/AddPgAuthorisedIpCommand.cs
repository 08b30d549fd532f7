// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Network;

/// <summary>Lets connections to an instance in from addresses.</summary>
/// <remarks>
///   A bare address becomes a range of one (/32 or /128) and host bits are cleared; NormalisedFrom in the result shows what was changed. What
///   is authorised already is left as it is and reported as Unchanged. All ranges of one call are written together or not at all. Letting
///   in every address (0.0.0.0/0 or ::/0) is asked about separately; answer beforehand with -Force or -Confirm:$false.
///   Provider Ibm keeps the addresses in context-based restrictions: one network zone and one rule for each instance, known by their names; zones of others are
///   shown by Get-PgAuthorisedIp and left alone. Until the first address is authorised everybody who reaches the private endpoint is let in. IBM's documents do
///   not agree on whether restrictions hold for Gen 2: the guide of 2025 has them as a step, that of April 2026 no longer does, and the command line's page
///   sends users to them; try the login from elsewhere once. Descriptions are not kept there, IPv6 is refused, and it takes a while until a change is in force.
///   One zone holds 1,000 ranges at most, and the module's rule names one, so that the 2,000 that IBM Cloud allows a rule for a database cannot be
///   reached by it.
///   After an error the list is as before or has all that was to be added, and entries of others are as they were; run again, what is in it is
///   Unchanged.
/// </remarks>
/// <example>
///   <code>Add-PgAuthorisedIp orders -Address 203.0.113.7 -Description 'runbook host'</code>
///   <para>Lets one address in.</para>
/// </example>
/// <example>
///   <code>New-PgInstance orders | Add-PgAuthorisedIp -Address 127.0.0.1, ::1 -PassThru | New-PgManagerUser -Name ops</code>
///   <para>Lets this machine in and goes on with the instance.</para>
/// </example>
/// <example>
///   <code>Import-Csv allowed.csv | Add-PgAuthorisedIp</code>
///   <para>Lets in what a file with the columns Instance, Address and Description lists; Get-PgAuthorisedIp pipes on alike.</para>
/// </example>
[Cmdlet(VerbsCommon.Add, "PgAuthorisedIp", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[Alias("Add-PgAuthorizedIp")]
[OutputType(typeof(PgAuthorisedIp))]
public sealed class AddPgAuthorisedIpCommand : AuthorisedIpCmdlet
{
    /// <summary>IPv4 or IPv6 addresses, alone or with a prefix length; or IPv4 ranges such as 203.0.113.8-203.0.113.20, which become as many CIDR ranges as it takes.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Cidr")]
    public string[] Address { get; set; } = [];

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Written => Address;

    /// <inheritdoc/>
    private protected override string Describe(IReadOnlyList<AuthorisedIpRequest> ranges) => List(ranges);

    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<PgAuthorisedIp>> ApplyAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, CancellationToken cancellation) =>
        SessionFor(instance).Cloud.AddAuthorisedIpsAsync(instance, ranges, EnforcementMode, Reporter, cancellation);
}
