// SPDX-License-Identifier: MIT

using System.Xml.Linq;
using PgCloud.HelpBuilder.Model;

namespace PgCloud.HelpBuilder.Writing;

/// <summary>The namespaces of MAML and what its parts share.</summary>
internal static class MamlNames
{
    internal static readonly XName Root = XNamespace.Get("http://msh") + "helpItems";
    internal static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    internal static readonly XNamespace Cmd = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    internal static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    internal static IEnumerable<XElement> Paragraphs(IEnumerable<DocParagraph> paragraphs) =>
        paragraphs.Select(p => new XElement(Maml + "para", p.Plain));

    internal static string Text(bool value) => value ? "true" : "false";
}
