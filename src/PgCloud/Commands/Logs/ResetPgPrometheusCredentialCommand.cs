// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Logs;

/// <summary>Makes a new password for the access by which Prometheus fetches an instance's metrics.</summary>
/// <remarks>
///   The password is in the result's Credential, and told nowhere else; if it is lost, reset it again. The old one ends at once, so Prometheus
///   needs the new one. Metrics must be served already: Set-PgInstance -Prometheus $true -Wait. Asks first; answer beforehand with
///   -Confirm:$false. Provider Ovh offers this.
///   After an error the password is the old one, or one that nobody knows; run again it makes one that is told.
/// </remarks>
/// <example>
///   <code>$access = Reset-PgPrometheusCredential orders -Confirm:$false</code>
///   <para>Makes a password; $access.Credential holds it, and $access.Target says where to fetch.</para>
/// </example>
/// <example>
///   <code>Set-PgInstance orders -Prometheus $true -Wait -PassThru | Reset-PgPrometheusCredential</code>
///   <para>Has metrics served and makes the password.</para>
/// </example>
[Cmdlet(VerbsCommon.Reset, "PgPrometheusCredential", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PgPrometheus))]
public sealed class ResetPgPrometheusCredentialCommand : InstanceCmdlet
{
    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        if (await ShouldProcessAsync(instance.Name, "Set a new password for Prometheus; the old one ends"))
        {
            PrometheusWithPassword reset = await SessionFor(instance).Cloud.Prometheus.ResetAsync(instance, Reporter, cancellation);
            reset.Access.Credential = new PSCredential(reset.Access.UserName, reset.Password);
            await WriteChangedAsync(reset.Access);
        }
    }
}
