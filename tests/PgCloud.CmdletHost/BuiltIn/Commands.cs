// SPDX-License-Identifier: MIT
using System.Security;

namespace PgCloud.Hosting.BuiltIn;

/// <summary>Loads a module.</summary>
[Cmdlet("Import", "Module")]
public sealed class ImportModuleCommand : PSCmdlet {
    /// <summary>The manifest or assembly.</summary>
    [Parameter(Mandatory = true, Position = 0)] public string Name { get; set; } = "";
    /// <summary>Accepted: a module is always loaded anew.</summary>
    [Parameter] public SwitchParameter Force { get; set; }
    /// <summary>Writes the module.</summary>
    [Parameter] public SwitchParameter PassThru { get; set; }
    /// <inheritdoc/>
    protected override void ProcessRecord() {
        PSModuleInfo module = SessionState.Session.ImportModule(Name);
        if (PassThru) WriteObject(module);
    }
}

/// <summary>Writes text for a reader, not for the pipeline.</summary>
[Cmdlet("Write", "Host")]
public sealed class WriteHostCommand : PSCmdlet {
    /// <summary>What to write.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)] public object? Object { get; set; }
    /// <summary>Accepted and not used: this host writes no colours.</summary>
    [Parameter] public ConsoleColor ForegroundColor { get; set; }
    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteInformation(Conversion.Text(Object), ["PSHOST"]);
}

/// <summary>Writes its input.</summary>
[Cmdlet("Write", "Output")]
public sealed class WriteOutputCommand : PSCmdlet {
    /// <summary>What to write.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true), AllowNull, AllowEmptyCollection] public PSObject InputObject { get; set; } = null!;
    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(InputObject, true);
}

/// <summary>Drops its input.</summary>
[Cmdlet("Out", "Null")]
public sealed class OutNullCommand : PSCmdlet {
    /// <summary>What to drop.</summary>
    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
}

/// <summary>Takes some properties, one property's value, or the first objects.</summary>
[Cmdlet("Select", "Object")]
public sealed class SelectObjectCommand : PSCmdlet {
    private int _seen;
    /// <summary>What to take from.</summary>
    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    /// <summary>The properties to keep.</summary>
    [Parameter(Position = 0)] public string[]? Property { get; set; }
    /// <summary>The property whose value to write.</summary>
    [Parameter] public string? ExpandProperty { get; set; }
    /// <summary>How many objects; the commands before are stopped then.</summary>
    [Parameter] public int? First { get; set; }
    /// <inheritdoc/>
    protected override void ProcessRecord() {
        if (First is not { } most || _seen++ < most) WriteObject(Selected(), ExpandProperty is not null);
        if (_seen == First) throw new StopUpstreamException();
    }

    private object? Selected() {
        if (ExpandProperty is not null) return InputObject?.Properties[ExpandProperty]?.Value;
        if (Property is null || InputObject is null) return InputObject;
        PSObject made = new();
        IEnumerable<(string Name, object? Value)> taken = Property.SelectMany(p => WildcardPattern.ContainsWildcardCharacters(p)
            ? InputObject.Properties.Where(q => WildcardPattern.Get(p, WildcardOptions.IgnoreCase).IsMatch(q.Name)).Select(q => (q.Name, q.Value))
            : [(InputObject.Properties[p]?.Name ?? p, InputObject.Properties[p]?.Value)]);
        foreach ((string name, object? value) in taken) made.Properties.Add(new PSNoteProperty(name, value));
        return made;
    }
}

/// <summary>Shows its input in a form that was asked for.</summary>
public abstract class FormatCommand : PSCmdlet {
    private readonly List<object?> _items = [];
    /// <summary>What to show.</summary>
    [Parameter(ValueFromPipeline = true)] public PSObject? InputObject { get; set; }
    /// <summary>The properties to show.</summary>
    [Parameter(Position = 0)] public string[]? Property { get; set; }
    private protected abstract bool Table { get; }
    /// <inheritdoc/>
    protected override void ProcessRecord() => _items.Add(InputObject);
    /// <inheritdoc/>
    protected override void EndProcessing() {
        using StringWriter writer = new();
        new Formatting.Formatter(SessionState.Session.Views, writer).Write(_items, Table, Property);
        if (_items.Count > 0) WriteObject(new Formatting.FormattedText(writer.ToString()));
    }
}

/// <summary>Shows a table.</summary>
[Cmdlet("Format", "Table")]
public sealed class FormatTableCommand : FormatCommand {
    /// <summary>Accepted: columns without a width are always as wide as needed.</summary>
    [Parameter] public SwitchParameter AutoSize { get; set; }
    private protected override bool Table => true;
}

/// <summary>Shows a list.</summary>
[Cmdlet("Format", "List")]
public sealed class FormatListCommand : FormatCommand {
    private protected override bool Table => false;
}

/// <summary>Makes a secure string of text that is no secret, for demos.</summary>
[Cmdlet("ConvertTo", "SecureString")]
public sealed class ConvertToSecureStringCommand : PSCmdlet {
    /// <summary>The text.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)] public string String { get; set; } = "";
    /// <summary>The text is plain; this host knows no other.</summary>
    [Parameter(Mandatory = true)] public SwitchParameter AsPlainText { get; set; }
    /// <summary>As in PowerShell.</summary>
    [Parameter] public SwitchParameter Force { get; set; }
    /// <inheritdoc/>
    protected override void ProcessRecord() {
        SecureString secret = new();
        foreach (char c in String) secret.AppendChar(c);
        secret.MakeReadOnly();
        WriteObject(secret);
    }
}
