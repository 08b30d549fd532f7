// SPDX-License-Identifier: MIT

using System.Xml.Linq;
using PgCloud.HelpBuilder.Model;

namespace PgCloud.HelpBuilder.Reading;

/// <summary>An assembly's XML documentation, by documentation id.</summary>
internal sealed class XmlDocumentation
{
    private readonly Dictionary<string, XElement> _members;

    private XmlDocumentation(Dictionary<string, XElement> members) => _members = members;

    internal static XmlDocumentation Load(string path) => new(
        XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member")
            .ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal));

    /// <summary>The paragraphs of one part of a type's documentation; empty where there is none.</summary>
    internal IReadOnlyList<DocParagraph> OfType(Type type, string part) => Read($"T:{type.FullName}", part);

    /// <summary>The paragraphs of one part of a property's documentation; empty where there is none.</summary>
    internal IReadOnlyList<DocParagraph> OfProperty(Type declaringType, string name, string part) =>
        Read($"P:{declaringType.FullName}.{name}", part);

    /// <summary>The paragraphs of one part of a field's documentation; empty where there is none.</summary>
    internal IReadOnlyList<DocParagraph> OfField(Type declaringType, string name, string part) =>
        Read($"F:{declaringType.FullName}.{name}", part);

    /// <summary>The examples of a type.</summary>
    internal IReadOnlyList<ExampleHelp> ExamplesOf(Type type) =>
        [.. Elements($"T:{type.FullName}", "example").Select(ReadExample)];

    private static ExampleHelp ReadExample(XElement example)
    {
        string code = DocText.Unindent(string.Join('\n', example.Elements("code").Select(c => c.Value)));
        var prose = new XElement(example);
        prose.Elements("code").Remove();
        return new ExampleHelp(code, DocText.Paragraphs(prose));
    }

    private IReadOnlyList<DocParagraph> Read(string id, string part) => [.. Elements(id, part).SelectMany(DocText.Paragraphs)];

    private IEnumerable<XElement> Elements(string id, string part) => _members.GetValueOrDefault(id)?.Elements(part) ?? [];
}
