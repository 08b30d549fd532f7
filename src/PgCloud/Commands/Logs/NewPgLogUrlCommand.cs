// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Logs;

/// <summary>Makes a link by which a log can be read for a while.</summary>
/// <remarks>
///   Whoever has the link reads the log without logging in, until its ExpiresAt: hand it on as you would a password. It is in the result's Url and
///   told nowhere else. Provider Ovh offers this; with provider Local read the log with Get-PgLog.
///   After an error nothing was made, or a link that nobody has seen and that ends by itself; run again it makes another.
/// </remarks>
/// <example>
///   <code>(New-PgLogUrl orders -Kind customer_logs).Url | Set-Clipboard</code>
///   <para>Makes a link, to be pasted into a ticket.</para>
/// </example>
/// <example>
///   <code>Get-PgLogKind orders | New-PgLogUrl</code>
///   <para>Makes a link to the log of each kind.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "PgLogUrl", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgLogUrl))]
public sealed class NewPgLogUrlCommand : InstanceCmdlet
{
    /// <summary>The kinds of log.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.LogKindCompleter))]
    public string[] Kind { get; set; } = [];

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        foreach (string kind in Kind)
        {
            await ForEachAsync(async () =>
            {
                About<PgLogUrl>(kind);
                if (await ShouldProcessAsync(instance.Name, $"Make a link by which whoever has it can read the log '{kind}'"))
                {
                    await WriteChangedAsync(await SessionFor(instance).Cloud.LogSubscriptions.CreateUrlAsync(instance, kind, Reporter, cancellation));
                }
            });
        }
    }
}
