// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Scripts;

/// <summary>Where something stands in a script.</summary>
internal sealed record ScriptPlace(string File, int Line, int Column);

/// <summary>A pipeline, whose output a variable may take.</summary>
internal sealed record Statement(string? Target, List<Value> Input, List<Call> Calls);

/// <summary>A command with its arguments.</summary>
internal sealed record Call(string Name, List<CallArgument> Arguments, ScriptPlace Place);

/// <summary>A name, a value or both.</summary>
internal sealed record CallArgument(string? Name, Value? Value);

/// <summary>Something that has a value when the script runs.</summary>
internal abstract record Value {
    internal abstract object? Of(CmdletHost host);

    /// <summary>What is written as it is.</summary>
    internal sealed record Literal(object? Content) : Value {
        internal override object? Of(CmdletHost host) => Content;
    }

    /// <summary>Text with variables in it.</summary>
    internal sealed record Text(List<Value> Parts) : Value {
        internal override object? Of(CmdletHost host) => string.Concat(Parts.Select(p => Conversion.Text(p.Of(host))));
    }

    /// <summary>Values with commas between them.</summary>
    internal sealed record Many(List<Value> Items) : Value {
        internal override object? Of(CmdletHost host) => Items.Select(i => i.Of(host)).ToArray();
    }

    /// <summary>A variable, or a property of it; of a list, the property of each element.</summary>
    internal sealed record Variable(string Name, List<string> Path) : Value {
        internal override object? Of(CmdletHost host) => Path.Aggregate(host.GetVariable(Name), Member);

        private static object? Member(object? target, string name) => target is null ? null
            : PSObject.Base(target) is System.Collections.IDictionary map && map.Contains(name) ? map[name]
            : PSObject.AsPSObject(target).Properties[name] is { } property ? property.Value
            : LanguagePrimitives.GetEnumerable(target) is { } many ? many.Cast<object?>().Select(e => Member(e, name)).Where(v => v is not null).ToArray() : null;
    }
}

/// <summary>The script has something this host does not understand.</summary>
public sealed class ScriptException(string message, int line, int column) : RuntimeException($"line {line}, column {column}: {message}") {
    /// <summary>The line, from 1.</summary>
    public int Line { get; } = line;
    /// <summary>The column, from 1.</summary>
    public int Column { get; } = column;
}
