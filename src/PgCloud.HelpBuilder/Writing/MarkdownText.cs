// SPDX-License-Identifier: MIT

using System.Text.RegularExpressions;
using PgCloud.HelpBuilder.Model;

namespace PgCloud.HelpBuilder.Writing;

/// <summary>Writes documentation text as Markdown: escapes, code spans and links to the pages of other cmdlets.</summary>
internal sealed partial class MarkdownText(IReadOnlySet<string> pages)
{
    // Seen from docs/cmdlets.
    private const string AboutTopics = "../../src/PgCloud/en-US/";

    /// <summary>Paragraphs, parted by empty lines.</summary>
    internal string Paragraphs(IEnumerable<DocParagraph> paragraphs, string? currentPage = null) =>
        string.Join("\n\n", paragraphs.Select(p => Line([p], currentPage)));

    /// <summary>Paragraphs on one line.</summary>
    internal string Line(IEnumerable<DocParagraph> paragraphs, string? currentPage = null) =>
        string.Join(' ', paragraphs.Select(p => string.Concat(p.Runs.Select(r => r.IsCode ? $"`{r.Text}`" : Linked(r.Text, currentPage)))));

    /// <summary>Text in which nothing is taken for markup.</summary>
    internal static string Escaped(string text) => Special().Replace(text, @"\$0");

    /// <summary>A link to the page of a cmdlet or to an about topic, or the name alone where there is no such page.</summary>
    internal string Link(string name) => pages.Contains(name) ? $"[{name}]({name}.md)"
        : name.StartsWith("about_", StringComparison.Ordinal) ? $"[{Escaped(name)}]({AboutTopics}{name}.help.txt)"
        : Escaped(name);

    private string Linked(string text, string? currentPage) =>
        CmdletName().Replace(Escaped(text), m => m.Value == currentPage ? m.Value : Link(m.Value));

    [GeneratedRegex(@"[\\`*_<>\[\]|]")]
    private static partial Regex Special();

    [GeneratedRegex(@"\b[A-Z][a-z]+-Pg[A-Za-z]+\b")]
    private static partial Regex CmdletName();
}
