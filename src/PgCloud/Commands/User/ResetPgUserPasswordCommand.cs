// SPDX-License-Identifier: MIT

using System.Management.Automation;
using System.Security;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.User;

/// <summary>Gives a user that was made through the provider a new password.</summary>
/// <remarks>
///   The password is in the result's Credential, and told nowhere else; if it is lost, reset it again. Connections that are open stay open.
///   Asks first; answer beforehand with -Confirm:$false.
/// </remarks>
/// <example>
///   <code>$ops = Reset-PgUserPassword orders -Name ops -Confirm:$false</code>
///   <para>Makes a strong password; $ops.Credential holds it.</para>
/// </example>
/// <example>
///   <code>Get-PgCloudUser orders -Name app | Reset-PgUserPassword -Password (Read-Host -AsSecureString)</code>
///   <para>Sets a password that you type.</para>
/// </example>
[Cmdlet(VerbsCommon.Reset, "PgUserPassword", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PgCloudUser))]
public sealed class ResetPgUserPasswordCommand : InstanceCmdlet
{
    /// <summary>The users' names.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("UserName")]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The new password. Without it a strong one is made.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        foreach (string name in Name)
        {
            await ForEachAsync(async () =>
            {
                if (await ShouldProcessAsync(instance.Name, $"Set a new password for the user '{name}'"))
                {
                    UserWithPassword reset =
                        await SessionFor(instance).Cloud.ResetPasswordAsync(instance, name, Password, Reporter, cancellation);
                    await WriteAsync(WithCredential(reset, instance));
                }
            });
        }
    }
}
