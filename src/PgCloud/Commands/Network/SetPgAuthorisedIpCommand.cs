// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Network;

/// <summary>Lets connections to an instance in from these addresses and from no others.</summary>
/// <remarks>
///   The whole list is replaced: what is not named is no longer let in. To add to the list use Add-PgAuthorisedIp, which keeps the entries of
///   others. Addresses are read as there. A range that stays keeps its description, unless -Description is given.
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
public sealed class SetPgAuthorisedIpCommand : InstanceCmdlet
{
    /// <summary>IPv4 or IPv6 addresses, alone or with a prefix length; none to let nobody in.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [AllowEmptyCollection]
    [Alias("Cidr")]
    public string[] Address { get; set; } = [];

    /// <summary>What the addresses are for. Without it a range that is there already keeps its description.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>Lets in every address without asking about that separately.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the ranges, those that went too.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        IReadOnlyList<AuthorisedIpRequest> requests = AddressArgument.Read(Address, Description);
        string list = requests.Count == 0 ? "nowhere" : $"{string.Join(", ", requests.Select(r => r.Address))} only";
        if (!await ShouldProcessAsync(instance.Name, $"Let in connections from {list}") || !await MayLetInAsync(instance.Name, requests, Force))
        {
            return;
        }

        IReadOnlyList<PgAuthorisedIp> all = await SessionFor(instance).Cloud.SetAuthorisedIpsAsync(instance, requests, Reporter, cancellation);
        foreach (PgAuthorisedIp ip in all.Where(_ => PassThru))
        {
            ip.Instance = instance;
            await WriteAsync(ip);
        }
    }
}
