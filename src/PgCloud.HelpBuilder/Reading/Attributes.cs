// SPDX-License-Identifier: MIT

using System.Collections.ObjectModel;
using System.Reflection;

namespace PgCloud.HelpBuilder.Reading;

/// <summary>Reads attributes of an assembly that is looked at and not run.</summary>
internal static class Attributes
{
    private const string Automation = "System.Management.Automation.";

    /// <summary>The attributes of a PowerShell type, such as <c>ParameterAttribute</c>.</summary>
    internal static IEnumerable<CustomAttributeData> Of(MemberInfo member, string attribute) =>
        member.GetCustomAttributesData().Where(a => a.AttributeType.FullName == Automation + attribute);

    /// <summary>Whether a member has an attribute.</summary>
    internal static bool Has(MemberInfo member, string attribute) => Of(member, attribute).Any();

    /// <summary>The value of a named argument, or what it is where it is not given.</summary>
    internal static T Named<T>(CustomAttributeData attribute, string name, T otherwise) =>
        attribute.NamedArguments.FirstOrDefault(a => a.MemberName == name).TypedValue.Value is T value ? value : otherwise;

    /// <summary>All values of the constructor's arguments, arrays taken apart.</summary>
    internal static IReadOnlyList<object?> Values(CustomAttributeData attribute) =>
        [.. attribute.ConstructorArguments.SelectMany(a => a.Value is ReadOnlyCollection<CustomAttributeTypedArgument> many
            ? many.Select(m => m.Value)
            : [a.Value])];

    /// <summary>The names in an <c>Alias</c> attribute, if there is one.</summary>
    internal static IReadOnlyList<string> AliasesOf(MemberInfo member) =>
        [.. Of(member, "AliasAttribute").SelectMany(Values).OfType<string>()];
}
