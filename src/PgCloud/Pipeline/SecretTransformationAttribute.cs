// SPDX-License-Identifier: MIT

using System.Collections.ObjectModel;
using System.Management.Automation;

namespace PgCloud.Pipeline;

/// <summary>
///   Reads the secret that an object of Get-SecretInfo tells about: with Get-Secret, as a SecureString or a PSCredential, from the vault it
///   names. Everything else is left as it is.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    private const string InformationType = "Microsoft.PowerShell.SecretManagement.SecretInformation";

    /// <summary>Whether a PSCredential stands for its password.</summary>
    public bool AsPassword { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object secret = Read(engineIntrinsics, inputData);
        return AsPassword && (secret is PSObject wrapped ? wrapped.BaseObject : secret) is PSCredential credential ? credential.Password : secret;
    }

    private static object Read(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (inputData is null || !IsInformation(PSObject.AsPSObject(inputData)))
        {
            return inputData!;
        }

        PSObject information = PSObject.AsPSObject(inputData);
        Collection<PSObject> found = engineIntrinsics.InvokeCommand.InvokeScript(
            "param($Name, $Vault) Microsoft.PowerShell.SecretManagement\\Get-Secret -Name $Name -Vault $Vault -ErrorAction Stop",
            false,
            System.Management.Automation.Runspaces.PipelineResultTypes.None,
            null,
            [information.Properties["Name"]?.Value, information.Properties["VaultName"]?.Value]);
        return found.Count == 1
            ? found[0].BaseObject
            : throw new ArgumentTransformationMetadataException(
                $"The vault '{information.Properties["VaultName"]?.Value}' answered {found.Count} secrets named '{information.Properties["Name"]?.Value}'; one is needed.");
    }

    // Another version of the module may be loaded, or the object may come from another process.
    private static bool IsInformation(PSObject candidate) =>
        candidate.TypeNames.Any(t => t == InformationType || t == "Deserialized." + InformationType);
}
