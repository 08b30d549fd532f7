// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Network;

/// <summary>Lists the addresses from which connections to an instance are let in.</summary>
/// <example>
///   <code>Get-PgInstance | Get-PgAuthorisedIp</code>
///   <para>Lists the authorised addresses of all instances.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgAuthorisedIp")]
[Alias("Get-PgAuthorizedIp")]
[OutputType(typeof(PgAuthorisedIp))]
public sealed class GetPgAuthorisedIpCommand : InstanceCmdlet
{
    /// <summary>Only these ranges; wildcards are allowed.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    public string[] Address { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        var addresses = new NameFilter(
            Address.Select(a => WildcardPattern.ContainsWildcardCharacters(a) ? a : PgCidr.Parse(a).ToString()),
            StringComparison.Ordinal);
        foreach (PgAuthorisedIp ip in await SessionFor(instance).Cloud.GetAuthorisedIpsAsync(instance, Reporter, cancellation))
        {
            if (addresses.Includes(ip.Address))
            {
                ip.Instance = instance;
                await WriteAsync(ip);
            }
        }
    }
}
