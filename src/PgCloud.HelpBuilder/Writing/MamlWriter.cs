// SPDX-License-Identifier: MIT

using System.Text;
using System.Xml;
using System.Xml.Linq;
using PgCloud.HelpBuilder.Model;
using static PgCloud.HelpBuilder.Writing.MamlNames;

namespace PgCloud.HelpBuilder.Writing;

/// <summary>Writes the file that <c>Get-Help</c> reads.</summary>
internal static class MamlWriter
{
    /// <summary>Writes <c>&lt;assembly&gt;-Help.xml</c> and returns its path.</summary>
    internal static string Write(IEnumerable<CmdletHelp> cmdlets, string assemblyPath, string directory)
    {
        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, Path.GetFileName(assemblyPath) + "-Help.xml");
        var document = new XDocument(new XElement(Root, new XAttribute("schema", "maml"), cmdlets.Select(Command)));
        using var writer = XmlWriter.Create(path, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) });
        document.Save(writer);
        return path;
    }

    private static XElement Command(CmdletHelp cmdlet) => new(
        Cmd + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Cmd),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Cmd + "details",
            new XElement(Cmd + "name", cmdlet.Name),
            new XElement(Cmd + "verb", cmdlet.Verb),
            new XElement(Cmd + "noun", cmdlet.Noun),
            new XElement(Maml + "description", Paragraphs(cmdlet.Synopsis))),
        new XElement(Maml + "description", Paragraphs(cmdlet.Description)),
        new XElement(Cmd + "syntax", cmdlet.ParameterSets.Select(set => MamlParameters.SyntaxItem(cmdlet, set))),
        new XElement(Cmd + "parameters", cmdlet.Parameters.Select(p => MamlParameters.Parameter(p, p.Binding, inSyntax: false))),
        new XElement(Cmd + "inputTypes", cmdlet.Inputs.Select(t => TypeElement("inputType", t))),
        new XElement(Cmd + "returnValues", cmdlet.Outputs.Select(t => TypeElement("returnValue", t))),
        Notes(cmdlet),
        new XElement(Cmd + "examples", cmdlet.Examples.Select(Example)),
        new XElement(Cmd + "relatedLinks", cmdlet.Links.Select(l =>
            new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", l), new XElement(Maml + "uri")))));

    private static XElement TypeElement(string name, TypeHelp type) => new(
        Cmd + name,
        new XElement(Dev + "type", new XElement(Maml + "name", type.Name)),
        new XElement(Maml + "description", Paragraphs(type.Description)));

    private static XElement? Notes(CmdletHelp cmdlet) => cmdlet.Aliases.Count == 0 ? null : new XElement(
        Maml + "alertSet",
        new XElement(Maml + "alert", new XElement(Maml + "para", $"Alias: {string.Join(", ", cmdlet.Aliases)}")));

    private static XElement Example(ExampleHelp example, int index) => new(
        Cmd + "example",
        new XElement(Maml + "title", FormattableString.Invariant($"---------------------- Example {index + 1} ----------------------")),
        new XElement(Dev + "code", example.Code),
        // Get-Help puts no line between one example and the next.
        new XElement(Dev + "remarks", Paragraphs(example.Remarks), new XElement(Maml + "para")));
}
