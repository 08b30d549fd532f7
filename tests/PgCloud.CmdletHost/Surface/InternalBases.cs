// SPDX-License-Identifier: MIT
namespace System.Management.Automation.Internal;

/// <summary>Root of the attributes of cmdlets.</summary>
[AttributeUsage(AttributeTargets.All)]
public abstract class CmdletMetadataAttribute : Attribute;

/// <summary>Root of the attributes the binder reads.</summary>
[AttributeUsage(AttributeTargets.All)]
public abstract class ParsingBaseAttribute : CmdletMetadataAttribute;

/// <summary>What a command is to the engine.</summary>
public abstract class InternalCommand {
    internal InternalCommand() { }
    public CommandOrigin CommandOrigin => CommandOrigin.Runspace;
}
