// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Management.Automation;

namespace PgCloud.Pipeline;

/// <summary>
///   The properties of a piped object that has certain ones: one of ours, alive or deserialised, or the row of a file. What is not bound by
///   property name is read here, since the same name means something else in an object that is piped for another purpose.
/// </summary>
internal class PipedRecord
{
    private readonly PSObject? _record;

    internal PipedRecord(PSObject? piped, params string[] needed) =>
        _record = piped is not null && needed.All(name => piped.Properties[name] is not null) ? piped : null;

    /// <summary>Whether it has them.</summary>
    internal bool IsOne => _record is not null;

    /// <summary>The object itself.</summary>
    internal object? BaseObject => _record?.BaseObject;

    /// <summary>A property as text; <see langword="null"/> where it is absent or empty, as in a file.</summary>
    internal string? Text(string name) =>
        Convert.ToString(Value(name), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    /// <summary>A property that is true or false.</summary>
    internal bool? Flag(string name) => Value(name) switch
    {
        null => null,
        bool value => value,
        var text => bool.TryParse(Convert.ToString(text, CultureInfo.InvariantCulture), out bool value) ? value : null,
    };

    private object? Value(string name) => _record?.Properties[name]?.Value is PSObject wrapped
        ? wrapped.BaseObject
        : _record?.Properties[name]?.Value;
}
