// SPDX-License-Identifier: MIT
using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>Names a cmdlet and says what it supports.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CmdletAttribute(string verbName, string nounName) : CmdletCommonMetadataAttribute {
    public string VerbName { get; } = verbName;
    public string NounName { get; } = nounName;
}

/// <summary>What every kind of command can say about itself.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class CmdletCommonMetadataAttribute : CmdletMetadataAttribute {
    public string? DefaultParameterSetName { get; set; }
    public bool SupportsShouldProcess { get; set; }
    public bool SupportsPaging { get; set; }
    public bool SupportsTransactions { get; set; }
    public ConfirmImpact ConfirmImpact { get; set; } = ConfirmImpact.Medium;
    public string HelpUri { get; set; } = "";
    public RemotingCapability RemotingCapability { get; set; } = RemotingCapability.PowerShell;
}

/// <summary>Makes a property a parameter, in one set or in all.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = true)]
public sealed class ParameterAttribute : ParsingBaseAttribute {
    public const string AllParameterSets = "__AllParameterSets";
    private string _set = AllParameterSets;
    public string ParameterSetName { get => _set; set => _set = string.IsNullOrEmpty(value) ? AllParameterSets : value; }
    public int Position { get; set; } = int.MinValue;
    public bool Mandatory { get; set; }
    public bool ValueFromPipeline { get; set; }
    public bool ValueFromPipelineByPropertyName { get; set; }
    public bool ValueFromRemainingArguments { get; set; }
    public bool DontShow { get; set; }
    public string? HelpMessage { get; set; }
    public string? HelpMessageBaseName { get; set; }
    public string? HelpMessageResourceId { get; set; }
}

/// <summary>Other names of a parameter or a command.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class AliasAttribute(params string[] aliasNames) : ParsingBaseAttribute {
    public IList<string> AliasNames { get; } = aliasNames;
}

/// <summary>What a cmdlet writes; for documentation and completion.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class OutputTypeAttribute : CmdletMetadataAttribute {
    public OutputTypeAttribute(params Type[] type) => Type = [.. type.Select(t => new PSTypeName(t))];
    public OutputTypeAttribute(params string[] type) => Type = [.. type.Select(t => new PSTypeName(t))];
    public PSTypeName[] Type { get; }
    public string? ProviderCmdlet { get; set; }
    public string[] ParameterSetName { get; set; } = [ParameterAttribute.AllParameterSets];
}

/// <summary>Changes an argument before it is converted to the parameter's type.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public abstract class ArgumentTransformationAttribute : CmdletMetadataAttribute {
    public virtual bool TransformNullOptionalParameters => true;
    public abstract object? Transform(EngineIntrinsics engineIntrinsics, object? inputData);
}

/// <summary>Takes a credential as it comes; a name alone would need a prompt, which this host has not.</summary>
public sealed class CredentialAttribute : ArgumentTransformationAttribute {
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PSObject.Base(inputData) is PSCredential credential ? credential : throw new ArgumentTransformationMetadataException(
            "A PSCredential is needed here; this host cannot ask for one.");
}

/// <summary>Lets a mandatory parameter be null.</summary>
public sealed class AllowNullAttribute : CmdletMetadataAttribute;

/// <summary>Lets a mandatory parameter be an empty string.</summary>
public sealed class AllowEmptyStringAttribute : CmdletMetadataAttribute;

/// <summary>Lets a mandatory parameter be an empty collection.</summary>
public sealed class AllowEmptyCollectionAttribute : CmdletMetadataAttribute;

/// <summary>Says that a parameter takes wildcards.</summary>
public sealed class SupportsWildcardsAttribute : ParsingBaseAttribute;

/// <summary>Hides a member.</summary>
public sealed class HiddenAttribute : ParsingBaseAttribute;

/// <summary>The default value to show in help.</summary>
public sealed class PSDefaultValueAttribute : ParsingBaseAttribute {
    public object? Value { get; set; }
    public string? Help { get; set; }
}

/// <summary>Which completer a parameter has.</summary>
public class ArgumentCompleterAttribute(Type type) : Attribute {
    public Type Type { get; } = type;
}

/// <summary>The name of a type that need not be loaded.</summary>
public class PSTypeName(string name) {
    public PSTypeName(Type type) : this(type.FullName!) => Type = type;
    public string Name { get; } = name;
    public Type? Type { get; }
    public override string ToString() => Name;
}
