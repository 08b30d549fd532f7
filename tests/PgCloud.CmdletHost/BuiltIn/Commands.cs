// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.BuiltIn;
/// <summary>Loads a module, always anew.</summary>
[Cmdlet("Import", "Module")]
public sealed class ImportModuleCommand : PSCmdlet {
    [Parameter(Mandatory = true, Position = 0)] public string Name { get; set; } = "";
    [Parameter] public SwitchParameter Force { get; set; }
    [Parameter] public SwitchParameter PassThru { get; set; }
    protected override void ProcessRecord() {
        PSModuleInfo module = SessionState.Session.ImportModule(Name);
        if (PassThru) WriteObject(module);
    }
}
/// <summary>Writes text for a reader, not for the pipeline; without colours.</summary>
[Cmdlet("Write", "Host")]
public sealed class WriteHostCommand : PSCmdlet {
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)] public object? Object { get; set; }
    [Parameter] public ConsoleColor ForegroundColor { get; set; }
    protected override void ProcessRecord() => WriteInformation(Conversion.Text(Object), ["PSHOST"]);
}
/// <summary>Writes its input.</summary>
[Cmdlet("Write", "Output")]
public sealed class WriteOutputCommand : PSCmdlet {
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true), AllowNull, AllowEmptyCollection]
    public PSObject InputObject { get; set; } = null!;
    protected override void ProcessRecord() => WriteObject(InputObject, true);
}
/// <summary>Drops its input.</summary>
[Cmdlet("Out", "Null")]
public sealed class OutNullCommand : PSCmdlet {
    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
}
/// <summary>Takes some properties, one property's value, or the first objects; then the commands before it are stopped.</summary>
[Cmdlet("Select", "Object")]
public sealed class SelectObjectCommand : PSCmdlet {
    private int _seen;
    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter(Position = 0)] public string[]? Property { get; set; }
    [Parameter] public string? ExpandProperty { get; set; }
    [Parameter] public int? First { get; set; }
    protected override void ProcessRecord() {
        if (First is null || _seen++ < First) WriteObject(Selected(), ExpandProperty is not null);
        if (_seen == First) throw new StopUpstreamException();
    }
    private object? Selected() {
        if (ExpandProperty is not null) return InputObject?.Properties[ExpandProperty]?.Value;
        if (Property is null || InputObject is null) return InputObject;
        PSObject made = new();
        foreach (string name in Property) {
            IEnumerable<PSPropertyInfo> found = InputObject.Properties.Where(p => WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(p.Name));
            foreach (PSPropertyInfo property in found.DefaultIfEmpty(new PSNoteProperty(name, null))) made.Properties.Add(new PSNoteProperty(property.Name, property.Value));
        }
        return made;
    }
}
/// <summary>Shows its input in a form that was asked for.</summary>
public abstract class FormatCommand(bool table) : PSCmdlet {
    private readonly List<object?> _items = [];
    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    [Parameter(Position = 0)] public string[]? Property { get; set; }
    [Parameter] public SwitchParameter AutoSize { get; set; }
    protected override void ProcessRecord() => _items.Add(InputObject);
    protected override void EndProcessing() {
        using StringWriter writer = new();
        new Formatter(SessionState.Session.Views, writer).Write(_items, table, Property);
        if (_items.Count > 0) WriteObject(new FormattedText(writer.ToString()));
    }
}
/// <summary>Shows a table.</summary>
[Cmdlet("Format", "Table")]
public sealed class FormatTableCommand() : FormatCommand(table: true);
/// <summary>Shows a list.</summary>
[Cmdlet("Format", "List")]
public sealed class FormatListCommand() : FormatCommand(table: false);
/// <summary>Makes a secure string of text that is no secret, for demos.</summary>
[Cmdlet("ConvertTo", "SecureString")]
public sealed class ConvertToSecureStringCommand : PSCmdlet {
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)] public string String { get; set; } = "";
    [Parameter(Mandatory = true)] public SwitchParameter AsPlainText { get; set; }
    [Parameter] public SwitchParameter Force { get; set; }
    protected override void ProcessRecord() {
        SecureString secret = new();
        foreach (char c in String) secret.AppendChar(c);
        secret.MakeReadOnly();
        WriteObject(secret);
    }
}
