// SPDX-License-Identifier: MIT

namespace PgCloud.HelpBuilder.Reading;

/// <summary>Names of types as PowerShell users know them.</summary>
internal static class TypeNames
{
    /// <summary>The short name; <c>Nullable</c> is left out, since a parameter that is not given is no value anyway.</summary>
    internal static string Short(Type type)
    {
        if (type.IsArray)
        {
            return Short(type.GetElementType()!) + "[]";
        }

        return UnderNullable(type) is { } inner ? Short(inner) : type.Name;
    }

    /// <summary>The type that a value has: the element of an array, the inside of a <c>Nullable</c>.</summary>
    internal static Type Single(Type type) => type.IsArray ? Single(type.GetElementType()!) : UnderNullable(type) ?? type;

    /// <summary>
    ///   The types a parameter takes. A type that exists only to take others, by constructors with one parameter, stands for those others.
    /// </summary>
    internal static IReadOnlyList<Type> Accepted(Type type)
    {
        Type single = Single(type);
        Type[] converted = single.Namespace == "PgCloud.Pipeline"
            ? [.. single.GetConstructors().Where(c => c.GetParameters().Length == 1).Select(c => c.GetParameters()[0].ParameterType)]
            : [];
        return converted.Length > 0 ? [.. converted.OrderBy(t => t.Namespace == "System")] : [single];
    }

    private static Type? UnderNullable(Type type) =>
        type is { IsGenericType: true, Name: "Nullable`1" } ? type.GetGenericArguments()[0] : null;
}
