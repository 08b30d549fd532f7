// SPDX-License-Identifier: MIT

using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PgCloud.Pipeline;

namespace PgCloud.Loading;

/// <summary>Removing the module from a runspace closes that runspace's sessions.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        // A runspace that is being closed may be nobody's by now; then its sessions go with it.
        if (Runspace.DefaultRunspace is not null)
        {
            SessionTable.Current.Clear();
        }
    }
}
