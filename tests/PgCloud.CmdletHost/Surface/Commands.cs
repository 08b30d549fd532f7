// SPDX-License-Identifier: MIT
using System.Reflection;

namespace System.Management.Automation;

/// <summary>A command that can be run.</summary>
public abstract class CommandInfo {
    private protected CommandInfo(string name) => Name = name;
    public string Name { get; }
    public CommandTypes CommandType => CommandTypes.Cmdlet;
    public PSModuleInfo? Module { get; internal set; }
    public string ModuleName => Module?.Name ?? "";
    public override string ToString() => Name;
}

/// <summary>A command that is a class.</summary>
public class CmdletInfo : CommandInfo {
    public CmdletInfo(string name, Type implementingType) : base(name) => ImplementingType = implementingType;
    public Type ImplementingType { get; }
    public string Verb => Name.Split('-')[0];
    public string Noun => Name.Contains('-', StringComparison.Ordinal) ? Name[(Name.IndexOf('-', StringComparison.Ordinal) + 1)..] : "";
}

/// <summary>How a command was called.</summary>
public class InvocationInfo {
    internal InvocationInfo(CommandInfo command, string name) => (MyCommand, InvocationName) = (command, name);
    public CommandInfo MyCommand { get; }
    public string InvocationName { get; }
    public Dictionary<string, object?> BoundParameters { get; } = new(StringComparer.OrdinalIgnoreCase);
    public List<object?> UnboundArguments { get; } = [];
    public bool ExpectingInput { get; internal set; }
    public int PipelineLength { get; internal set; }
    public int PipelinePosition { get; internal set; }
    public int ScriptLineNumber { get; internal set; }
    public int OffsetInLine { get; internal set; }
    public string ScriptName { get; internal set; } = "";
    public string PSScriptRoot => ScriptName.Length == 0 ? "" : IO.Path.GetDirectoryName(ScriptName)!;
    public string PSCommandPath => ScriptName;
    public string Line { get; internal set; } = "";
    public string PositionMessage => ScriptLineNumber == 0 ? "" : $"At {(ScriptName.Length == 0 ? "line" : ScriptName)}:{ScriptLineNumber} char:{OffsetInLine}";
    public CommandOrigin CommandOrigin => CommandOrigin.Runspace;
}

/// <summary>A loaded module.</summary>
public sealed class PSModuleInfo {
    internal PSModuleInfo(string name, string path, Version version, Assembly assembly) =>
        (Name, Path, Version, ImplementingAssembly) = (name, path, version, assembly);
    public string Name { get; }
    public string Path { get; }
    public string ModuleBase => IO.Path.GetDirectoryName(Path)!;
    public Version Version { get; }
    public Assembly ImplementingAssembly { get; }
    public Dictionary<string, CmdletInfo> ExportedCmdlets { get; } = new(StringComparer.OrdinalIgnoreCase);
    public override string ToString() => Name;
}
