// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Scripts;
/// <summary>Where something stands in a script.</summary>
internal sealed record ScriptPlace(string File, int Line, int Column);

/// <summary>A pipeline, whose output a variable may take.</summary>
internal sealed record Statement(string? Target, Value? Input, List<Call> Calls);

/// <summary>A command with its arguments.</summary>
internal sealed record Call(string Name, List<CallArgument> Arguments, ScriptPlace Place);

/// <summary>A name, a value or both.</summary>
internal sealed record CallArgument(string? Name, Value? Value);

/// <summary>Something that has a value when the script runs; a variable on its own has a name.</summary>
internal sealed record Value(Func<CmdletHost, object?> Of, string? Name = null) {
    internal static Value Literal(object? content) => new(_ => content);
    internal static Value Text(List<Value> parts) => new(host => string.Concat(parts.Select(p => Conversion.Text(p.Of(host)))));
    // In a list, numbers do not keep their spelling.
    internal static Value Many(List<Value> items) => new(host => items.Select(i => i.Of(host) is PSObject { TokenText: not null } number ? number.BaseObject : i.Of(host)).ToArray());
    internal static Value Variable(string name, string[] path) => new(host => path.Aggregate(host.GetVariable(name), Member), path.Length == 0 ? name : null);
    private static object? Member(object? target, string name) => target is null ? null
        : PSObject.Base(target) is IDictionary map && map.Contains(name) ? map[name]
        : PSObject.AsPSObject(target).Properties[name] is { } property ? property.Value
        : LanguagePrimitives.GetEnumerable(target)?.Cast<object?>().Select(e => Member(e, name)).Where(v => v is not null).ToArray();
}
