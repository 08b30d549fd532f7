// SPDX-License-Identifier: MIT
using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace PgCloud.BindingCases;

/// <summary>Values as text that tells their type.</summary>
internal static class Show
{
    internal static string Value(object? value) => value switch
    {
        null => "null",
        PSObject wrapped => wrapped.BaseObject is PSCustomObject ? "PSObject:custom" : "PSObject:" + Value(wrapped.BaseObject),
        string text => $"String'{text}'",
        IDictionary map => $"Map{map.Count}",
        Array array => $"{array.GetType().GetElementType()!.Name}[]({string.Join(",", array.Cast<object?>().Select(Value))})",
        IEnumerable many => $"{Name(many.GetType())}({string.Join(",", many.Cast<object?>().Select(Value))})",
        SwitchParameter on => $"Switch:{on.IsPresent}",
        _ => $"{value.GetType().Name}:{Convert.ToString(value, CultureInfo.InvariantCulture)}",
    };

    internal static string Pairs(params (string Name, object? Value)[] pairs) => string.Join(" ", pairs.Select(p => $"{p.Name}={Value(p.Value)}"));

    private static string Name(Type type) => type.IsGenericType ? type.Name.Split('`')[0] : type.Name;
}
