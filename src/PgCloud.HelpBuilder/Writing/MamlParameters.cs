// SPDX-License-Identifier: MIT

using System.Xml.Linq;
using PgCloud.HelpBuilder.Model;
using static PgCloud.HelpBuilder.Writing.MamlNames;

namespace PgCloud.HelpBuilder.Writing;

/// <summary>The parts of MAML help that are about parameters.</summary>
internal static class MamlParameters
{
    /// <summary>One line of the syntax.</summary>
    internal static XElement SyntaxItem(CmdletHelp cmdlet, string set) => new(
        Cmd + "syntaxItem",
        new XElement(Maml + "name", cmdlet.Name),
        Syntax.ParametersOf(cmdlet, set).Select(p => Parameter(p.Parameter, p.Binding, inSyntax: true)));

    /// <summary>A parameter, in the syntax or in the list of parameters.</summary>
    internal static XElement Parameter(ParameterHelp parameter, BindingHelp binding, bool inSyntax) => new(
        Cmd + "parameter",
        new XAttribute("required", Text(binding.IsMandatory)),
        new XAttribute("variableLength", Text(parameter.TypeName.EndsWith("[]", StringComparison.Ordinal))),
        new XAttribute("globbing", Text(parameter.AcceptsWildcards)),
        new XAttribute("pipelineInput", binding.PipelineText),
        new XAttribute("position", binding.PositionText),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(Maml + "name", parameter.Name),
        new XElement(Maml + "description", Paragraphs(parameter.Description), inSyntax ? null : Values(parameter)),
        inSyntax && parameter.Values.Count > 0
            ? new XElement(Cmd + "parameterValueGroup", parameter.Values.Select(v => new XElement(
                Cmd + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), v.Name)))
            : null,
        inSyntax && parameter.IsSwitch ? null : Value(parameter),
        new XElement(Dev + "type", new XElement(Maml + "name", parameter.TypeName), new XElement(Maml + "uri")),
        new XElement(Dev + "defaultValue", parameter.Default ?? "None"));

    private static XElement Value(ParameterHelp parameter) => new(
        Cmd + "parameterValue",
        new XAttribute("required", Text(!parameter.IsSwitch)),
        new XAttribute("variableLength", Text(parameter.TypeName.EndsWith("[]", StringComparison.Ordinal))),
        parameter.TypeName);

    private static XElement? Values(ParameterHelp parameter) => parameter.Values.Count == 0 ? null : new XElement(
        Maml + "para",
        string.Join('\n', parameter.Values.Select(v => v.Meaning.Length == 0 ? $"- {v.Name}" : $"- {v.Name}: {v.Meaning}").Prepend("The values are:")));
}
