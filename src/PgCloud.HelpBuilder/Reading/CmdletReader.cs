// SPDX-License-Identifier: MIT

using System.Reflection;
using PgCloud.HelpBuilder.Model;

namespace PgCloud.HelpBuilder.Reading;

/// <summary>Reads what there is to say about one cmdlet, and notes what is missing.</summary>
internal sealed class CmdletReader(XmlDocumentation documentation, ICollection<string> problems)
{
    // ConfirmImpact.High; an attribute's enum arrives here as a number.
    private const int HighImpact = 3;

    private readonly ParameterReader _parameters = new(documentation, problems);

    /// <summary>Reads a cmdlet.</summary>
    internal CmdletHelp Read(Type type, CustomAttributeData cmdlet)
    {
        IReadOnlyList<object?> name = Attributes.Values(cmdlet);
        string cmdletName = $"{name[0]}-{name[1]}";
        IReadOnlyList<DocParagraph> Required(string part)
        {
            IReadOnlyList<DocParagraph> text = documentation.OfType(type, part);
            if (text.Count == 0)
            {
                problems.Add($"{cmdletName}: no {part} ({type.FullName})");
            }

            return text;
        }

        IReadOnlyList<ExampleHelp> examples = documentation.ExamplesOf(type);
        if (examples.Count == 0 || examples.Any(e => e.Code.Length == 0 || e.Remarks.Count == 0))
        {
            problems.Add($"{cmdletName}: no example, or one without code or text ({type.FullName})");
        }

        IReadOnlyList<ParameterHelp> parameters = _parameters.Read(
            type,
            cmdletName,
            Attributes.Named(cmdlet, "SupportsShouldProcess", false),
            Attributes.Named(cmdlet, "ConfirmImpact", 0) == HighImpact);
        return new CmdletHelp((string)name[0]!, (string)name[1]!, type.Namespace!.Split('.')[^1])
        {
            Synopsis = Required("summary"),
            Description = Required("remarks"),
            Aliases = Attributes.AliasesOf(type),
            ParameterSets = SetsOf(cmdlet, parameters),
            Parameters = parameters,
            Inputs = InputsOf(type),
            Outputs = OutputsOf(type, cmdletName),
            Examples = examples,
        };
    }

    private static List<string> SetsOf(CustomAttributeData cmdlet, IReadOnlyList<ParameterHelp> parameters)
    {
        string first = Attributes.Named(cmdlet, "DefaultParameterSetName", string.Empty);
        List<string> sets = [.. parameters.SelectMany(p => p.Sets.Keys).Where(s => s != BindingHelp.AllSets).Distinct().Order(StringComparer.Ordinal)];
        return sets.Count == 0 ? [BindingHelp.AllSets] : [.. sets.OrderBy(s => s != first)];
    }

    private List<TypeHelp> InputsOf(Type type)
    {
        var inputs = new List<TypeHelp>();
        foreach (PropertyInfo property in ParameterReader.PropertiesOf(type))
        {
            if (Attributes.Of(property, "ParameterAttribute").Any(a => Attributes.Named(a, "ValueFromPipeline", false)))
            {
                IReadOnlyList<DocParagraph> summary = documentation.OfProperty(property.DeclaringType!, property.Name, "summary");
                inputs.AddRange(TypeNames.Accepted(property.PropertyType).Select(t => new TypeHelp(
                    t.FullName!, [new DocParagraph([new DocRun("Goes to "), new DocRun("-" + property.Name, IsCode: true), new DocRun(". "),
                        .. summary.SelectMany(p => p.Runs)])])));
            }
        }

        return inputs.Count > 0 ? inputs : [new TypeHelp("None", [new DocParagraph("Nothing can be piped to this cmdlet by value.")])];
    }

    private List<TypeHelp> OutputsOf(Type type, string cmdletName)
    {
        List<Type> types = [.. Attributes.Of(type, "OutputTypeAttribute").SelectMany(Attributes.Values).OfType<Type>().Distinct()];
        if (types.Count == 0)
        {
            problems.Add($"{cmdletName}: no OutputType ({type.FullName})");
        }

        return [.. types.Select(t => t.FullName == "System.Void"
            ? new TypeHelp("None", [new DocParagraph("This cmdlet writes nothing.")])
            : new TypeHelp(t.FullName!, documentation.OfType(t, "summary")))];
    }
}
