// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Pipeline;

namespace PgCloud.Commands.User;

/// <summary>Removes a user that was made through the provider.</summary>
/// <remarks>
///   A user that owns objects is left as it is; the error names what depends on it. Asks first; answer beforehand with -Confirm:$false.
///   After an error the user is there or gone, which Get-PgCloudUser shows; run again it is removed, or the error says that there is no such
///   user.
/// </remarks>
/// <example>
///   <code>Get-PgCloudUser orders -Name app* | Remove-PgCloudUser -Confirm:$false</code>
///   <para>Removes users without asking.</para>
/// </example>
/// <example>
///   <code>Remove-PgCloudUser orders -Name app -WhatIf</code>
///   <para>Shows what would be removed, and removes nothing.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "PgCloudUser", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PgCloudUser))]
public sealed class RemovePgCloudUserCommand : InstanceCmdlet
{
    /// <summary>The users' names.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("UserName")]
    [ArgumentCompleter(typeof(CloudUserNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Writes the user as it was.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        foreach (string name in Name)
        {
            await ForEachAsync(async () =>
            {
                About<PgCloudUser>(name);
                if (await ShouldProcessAsync(instance.Name, $"Remove the user '{name}'"))
                {
                    PgCloudUser removed = await SessionFor(instance).Cloud.RemoveUserAsync(instance, name, Reporter, cancellation);
                    removed.Instance = instance;
                    await WriteChangedAsync(removed, PassThru);
                }
            });
        }
    }
}
