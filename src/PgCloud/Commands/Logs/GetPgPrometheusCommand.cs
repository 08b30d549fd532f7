// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Logs;

/// <summary>Tells whether and where an instance's metrics are served to Prometheus, and to whom.</summary>
/// <remarks>
///   Set-PgInstance -Prometheus has them served, and Reset-PgPrometheusCredential makes the password, which is told only there. Provider Ovh offers
///   this; with provider Local run postgres_exporter beside the server.
/// </remarks>
/// <example>
///   <code>Get-PgInstance | Get-PgPrometheus</code>
///   <para>Shows the access of all instances.</para>
/// </example>
/// <example>
///   <code>(Get-PgPrometheus orders).Target | ForEach-Object ToString</code>
///   <para>Writes the targets as Prometheus's configuration has them.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgPrometheus")]
[OutputType(typeof(PgPrometheus))]
public sealed class GetPgPrometheusCommand : InstanceCmdlet
{
    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation) =>
        await WriteAsync(await SessionFor(instance).Cloud.Prometheus.GetAsync(instance, Reporter, cancellation));
}
