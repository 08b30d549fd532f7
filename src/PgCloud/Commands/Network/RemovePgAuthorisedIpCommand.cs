// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Network;

/// <summary>No longer lets connections to an instance in from addresses.</summary>
/// <remarks>
///   Connections that are open stay open. A range that is not there is reported as Unchanged.
///   After an error the list is as before or without all that was to go, and entries of others are as they were; run again, what is gone is
///   Unchanged.
/// </remarks>
/// <example>
///   <code>Remove-PgAuthorisedIp orders -Address 203.0.113.7</code>
///   <para>Takes one address out.</para>
/// </example>
/// <example>
///   <code>Get-PgAuthorisedIp orders | Where-Object Description -like 'contractor*' | Remove-PgAuthorisedIp</code>
///   <para>Takes out what a description tells.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "PgAuthorisedIp", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[Alias("Remove-PgAuthorizedIp")]
[OutputType(typeof(PgAuthorisedIp))]
public sealed class RemovePgAuthorisedIpCommand : InstanceCmdlet
{
    /// <summary>The ranges to take out, written as for Add-PgAuthorisedIp.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Cidr")]
    public string[] Address { get; set; } = [];

    /// <summary>A range that is piped in.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PgAuthorisedIp? InputObject { get; set; }

    /// <summary>Writes the ranges.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        if (InputObject is { IsForeign: true } foreign)
        {
            throw PgErrors.AddressForeign(foreign.Cidr, foreign.Description);
        }

        PgProviderName provider = SessionFor(instance).Provider;
        var ranges = Address.SelectMany(a => AddressArgument.Parse(a, provider)).Select(r => r.ToString()).Distinct().ToList();
        About<PgAuthorisedIp>(string.Join(", ", ranges));
        if (!await ShouldProcessAsync(instance.Name, $"No longer let in connections from {string.Join(", ", ranges)}"))
        {
            return;
        }

        IReadOnlyList<PgAuthorisedIp> removed =
            await SessionFor(instance).Cloud.RemoveAuthorisedIpsAsync(instance, ranges, Reporter, cancellation);
        foreach (PgAuthorisedIp ip in removed)
        {
            ip.Instance = instance;
        }

        Record(removed);
        await WriteAllAsync(PassThru ? removed : []);
    }
}
