// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Network;

/// <summary>Lists the addresses from which connections to an instance are let in.</summary>
/// <remarks>
///   Only these ranges can connect, and only over TLS; an empty answer means that nobody is let in. Add-PgAuthorisedIp adds a range and
///   Remove-PgAuthorisedIp takes one out.
/// </remarks>
/// <example>
///   <code>Get-PgInstance | Get-PgAuthorisedIp</code>
///   <para>Lists the authorised addresses of all instances.</para>
/// </example>
/// <example>
///   <code>Get-PgAuthorisedIp orders -Address 203.0.113.*</code>
///   <para>Lists the authorised ranges that begin with 203.0.113.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgAuthorisedIp")]
[Alias("Get-PgAuthorizedIp")]
[OutputType(typeof(PgAuthorisedIp))]
public sealed class GetPgAuthorisedIpCommand : InstanceCmdlet
{
    /// <summary>Only these ranges; wildcards are allowed. A range without them that is not authorised is an error. A range without them is written as for Add-PgAuthorisedIp.</summary>
    /// <value>*</value>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNull]
    public string[] Address { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        PgProviderName provider = SessionFor(instance).Provider;
        var addresses = new NameFilter(
            Address.SelectMany(a => WildcardPattern.ContainsWildcardCharacters(a) ? [a] : AddressArgument.Parse(a, provider).Select(r => r.ToString())),
            StringComparison.Ordinal);
        IReadOnlyList<PgAuthorisedIp> all = await SessionFor(instance).Cloud.GetAuthorisedIpsAsync(instance, Reporter, cancellation);
        await WriteAllAsync(all.Where(i => addresses.Includes(i.Cidr)));
        await WriteMissingAsync(addresses, all.Select(i => i.Cidr), missing => PgErrors.AddressNotFound(missing, instance.Name));
    }
}
