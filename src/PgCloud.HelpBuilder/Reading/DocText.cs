// SPDX-License-Identifier: MIT

using System.Text.RegularExpressions;
using System.Xml.Linq;
using PgCloud.HelpBuilder.Model;

namespace PgCloud.HelpBuilder.Reading;

/// <summary>Reads the text of XML documentation: paragraphs, code and references.</summary>
internal static partial class DocText
{
    /// <summary>The paragraphs of an element; text outside of <c>para</c> is a paragraph of its own.</summary>
    internal static IReadOnlyList<DocParagraph> Paragraphs(XElement element)
    {
        var paragraphs = new List<DocParagraph>();
        var open = new List<DocRun>();
        void Close()
        {
            if (Tidy(open) is { Count: > 0 } runs)
            {
                paragraphs.Add(new DocParagraph(runs));
            }

            open.Clear();
        }

        foreach (XNode node in element.Nodes())
        {
            if (node is XElement { Name.LocalName: "para" or "item" or "list" } block)
            {
                Close();
                paragraphs.AddRange(Paragraphs(block));
            }
            else
            {
                open.AddRange(Runs(node));
            }
        }

        Close();
        return paragraphs;
    }

    /// <summary>Code without the indentation that all its lines share.</summary>
    internal static string Unindent(string code)
    {
        string[] lines = code.Trim('\n', ' ').Split('\n');
        int shared = lines.Skip(1).Where(l => l.Trim().Length > 0).Select(l => l.Length - l.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select((l, i) => (i == 0 || l.Length < shared ? l : l[shared..]).TrimEnd()));
    }

    private static IEnumerable<DocRun> Runs(XNode node) => node switch
    {
        XText text => [new DocRun(text.Value)],
        XElement { Name.LocalName: "c" } code => [new DocRun(code.Value, IsCode: true)],
        XElement { Name.LocalName: "see" or "seealso" or "paramref" } reference => [Reference(reference)],
        XElement other => other.Nodes().SelectMany(Runs),
        _ => [],
    };

    private static DocRun Reference(XElement reference)
    {
        if (reference.Attribute("langword")?.Value is { } word)
        {
            return new DocRun(word is "null" or "true" or "false" ? "$" + word : word, IsCode: true);
        }

        if (reference.Value.Length > 0)
        {
            return new DocRun(reference.Value);
        }

        string target = (reference.Attribute("cref") ?? reference.Attribute("href") ?? reference.Attribute("name"))?.Value ?? string.Empty;
        return target.Contains("://", StringComparison.Ordinal) ? new DocRun(target) : new DocRun(target[(target.LastIndexOf('.') + 1)..], IsCode: true);
    }

    // Line breaks and indentation of the source are no part of the text.
    private static List<DocRun> Tidy(List<DocRun> runs)
    {
        var tidy = runs.ConvertAll(r => r with { Text = Space().Replace(r.Text, " ") });
        if (tidy.Count > 0)
        {
            tidy[0] = tidy[0] with { Text = tidy[0].Text.TrimStart() };
            tidy[^1] = tidy[^1] with { Text = tidy[^1].Text.TrimEnd() };
        }

        tidy.RemoveAll(r => r.Text.Length == 0);
        return tidy;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
