// SPDX-License-Identifier: MIT
namespace System.Management.Automation.Host;
/// <summary>The program PowerShell runs in. A cmdlet here sees only its name.</summary>
public abstract class PSHost {
    public abstract string Name { get; }
    public abstract Version Version { get; }
    public abstract Guid InstanceId { get; }
    public virtual PSHostUserInterface? UI => null;
}
/// <summary>What a person sees; nobody looks here.</summary>
public abstract class PSHostUserInterface {
    public abstract void WriteWarningLine(string message);
}
