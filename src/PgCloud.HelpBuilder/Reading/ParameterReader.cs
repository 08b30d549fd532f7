// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Reflection;
using PgCloud.HelpBuilder.Model;

namespace PgCloud.HelpBuilder.Reading;

/// <summary>Reads the parameters of a cmdlet, those of its base classes included.</summary>
internal sealed class ParameterReader(XmlDocumentation documentation, ICollection<string> problems)
{
    /// <summary>The parameters that users are meant to see, by name.</summary>
    internal IReadOnlyList<ParameterHelp> Read(Type cmdlet, string cmdletName, bool supportsShouldProcess, bool asksByDefault)
    {
        var parameters = PropertiesOf(cmdlet).Select(p => Read(p, cmdletName)).ToList();
        if (supportsShouldProcess)
        {
            parameters.AddRange(ShouldProcessParameters(asksByDefault));
        }

        return [.. parameters.OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    /// <summary>The properties that are parameters and are not hidden.</summary>
    internal static IEnumerable<PropertyInfo> PropertiesOf(Type cmdlet) =>
        cmdlet.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => Attributes.Of(p, "ParameterAttribute").Any(a => !Attributes.Named(a, "DontShow", false)));

    private static IEnumerable<ParameterHelp> ShouldProcessParameters(bool asksByDefault)
    {
        var sets = new Dictionary<string, BindingHelp> { [BindingHelp.AllSets] = new(false, null, false, false) };
        string confirm = asksByDefault
            ? "Asks for confirmation before anything is changed. This cmdlet asks even without it; -Confirm:$false answers beforehand."
            : "Asks for confirmation before anything is changed.";
        yield return new ParameterHelp("Confirm", "SwitchParameter")
        {
            Description = [new DocParagraph(confirm)],
            Sets = sets,
            Aliases = ["cf"],
            Default = asksByDefault ? "True" : "False",
        };
        yield return new ParameterHelp("WhatIf", "SwitchParameter")
        {
            Description = [new DocParagraph("Shows what would happen if the cmdlet ran. Nothing is changed.")],
            Sets = sets,
            Aliases = ["wi"],
            Default = "False",
        };
    }

    private static Dictionary<string, BindingHelp> SetsOf(PropertyInfo property) =>
        Attributes.Of(property, "ParameterAttribute").ToDictionary(
            a => Attributes.Named(a, "ParameterSetName", BindingHelp.AllSets),
            a => new BindingHelp(
                Attributes.Named(a, "Mandatory", false),
                Attributes.Named(a, "Position", int.MinValue) is >= 0 and var position ? position : null,
                Attributes.Named(a, "ValueFromPipeline", false),
                Attributes.Named(a, "ValueFromPipelineByPropertyName", false)));

    private static string? RangeOf(PropertyInfo property)
    {
        IReadOnlyList<object?> ends = [.. Attributes.Of(property, "ValidateRangeAttribute").SelectMany(Attributes.Values)];
        if (ends.Count != 2)
        {
            return null;
        }

        return ends[1] is int.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"Values from {ends[0]} are allowed.")
            : string.Create(CultureInfo.InvariantCulture, $"Values from {ends[0]} to {ends[1]} are allowed.");
    }

    private ParameterHelp Read(PropertyInfo property, string cmdletName)
    {
        Type declaring = property.DeclaringType!;
        List<DocParagraph> description = [.. documentation.OfProperty(declaring, property.Name, "summary")];
        if (description.Count == 0)
        {
            problems.Add($"{cmdletName}: parameter {property.Name} has no summary ({declaring.FullName})");
        }

        description.AddRange(documentation.OfProperty(declaring, property.Name, "remarks"));
        if (RangeOf(property) is { } range)
        {
            description.Add(new DocParagraph(range));
        }

        string typeName = TypeNames.Short(property.PropertyType);
        return new ParameterHelp(property.Name, typeName)
        {
            Description = description,
            Sets = SetsOf(property),
            Aliases = Attributes.AliasesOf(property),
            Default = documentation.OfProperty(declaring, property.Name, "value") is [var value, ..]
                ? value.Plain
                : typeName == "SwitchParameter" ? "False" : null,
            AcceptsWildcards = Attributes.Has(property, "SupportsWildcardsAttribute"),
            Values = ValuesOf(property),
        };
    }

    private List<ValueHelp> ValuesOf(PropertyInfo property)
    {
        IEnumerable<string> fixedValues = Attributes.Of(property, "ValidateSetAttribute").SelectMany(Attributes.Values).OfType<string>();
        Type type = TypeNames.Single(property.PropertyType);
        return type.IsEnum
            ? [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => new ValueHelp(
                f.Name, string.Join(' ', documentation.OfField(type, f.Name, "summary").Select(p => p.Plain))))]
            : [.. fixedValues.Select(v => new ValueHelp(v, string.Empty))];
    }
}
