// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using System.Security;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.User;

/// <summary>Gives a user that was made through the provider a new password.</summary>
/// <remarks>
///   The password is in the result's Credential, and told nowhere else; if it is lost, reset it again. Connections that are open stay open.
///   Asks first; answer beforehand with -Confirm:$false.
///   Provider Ibm offers no reset: it is done by SQL, over verified TLS, and the service credential goes on showing the old password. With -Rotate the service
///   makes a new credential instead.
///   After an error the password is the old one, or one that nobody knows; run again it sets one that is told. With -Rotate the error says where
///   both credentials are there.
/// </remarks>
/// <example>
///   <code>$ops = Reset-PgUserPassword orders -Name ops -Confirm:$false</code>
///   <para>Makes a strong password; $ops.Credential holds it.</para>
/// </example>
/// <example>
///   <code>Get-PgCloudUser orders -Name app | Reset-PgUserPassword -Password (Read-Host -AsSecureString)</code>
///   <para>Sets a password that you type.</para>
/// </example>
/// <example>
///   <code>$ops = Reset-PgUserPassword orders -Name ops -Rotate -Confirm:$false</code>
///   <para>Provider Ibm: makes a new service credential of that name, hands over to it and removes the old one.</para>
/// </example>
[Cmdlet(VerbsCommon.Reset, "PgUserPassword", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PgCloudUser))]
public sealed class ResetPgUserPasswordCommand : InstanceCmdlet
{
    /// <summary>The users' names.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("UserName")]
    [ArgumentCompleter(typeof(CloudUserNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The new password. Without it a strong one is made.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>IBM Cloud: makes a new service credential in the place of the old one. Its memberships and what it owns go to the new one; the old one is
    /// removed last. One that has made or granted roles is refused from PostgreSQL 16 on, where these would end with it.</summary>
    [Parameter]
    public SwitchParameter Rotate { get; set; }

    /// <summary>IBM Cloud: who sets the password by SQL, or hands over; without it the user itself, with the password that its service credential shows.
    /// Where that was set by SQL since, name the user itself with the one that was told.</summary>
    [Parameter]
    [Credential]
    public PSCredential? AdminCredential { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        foreach (string name in Name)
        {
            await ForEachAsync(async () =>
            {
                string what = Rotate ? $"Put a new credential in the place of the user '{name}'" : $"Set a new password for the user '{name}'";
                About<PgCloudUser>(name);
                if (await ShouldProcessAsync(instance.Name, what))
                {
                    UserWithPassword reset = await SessionFor(instance).Cloud.ResetPasswordAsync(
                        instance, Request(name), Reporter, cancellation);
                    await WriteChangedAsync(WithCredential(reset, instance));
                }
            });
        }
    }

    private PasswordReset Request(string name) => new(name, Password)
    {
        IsRotation = Rotate,
        Admin = AdminCredential is null ? null : new DatabaseCredential(AdminCredential.UserName, AdminCredential.Password),
    };
}
