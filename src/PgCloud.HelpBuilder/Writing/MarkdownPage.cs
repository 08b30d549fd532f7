// SPDX-License-Identifier: MIT

using System.Text;
using PgCloud.HelpBuilder.Model;

namespace PgCloud.HelpBuilder.Writing;

/// <summary>Writes the page of one cmdlet.</summary>
internal sealed class MarkdownPage(MarkdownText text)
{
    /// <summary>The page.</summary>
    internal string Of(CmdletHelp cmdlet)
    {
        var page = new StringBuilder();
        void Add(string block) => page.Append(block).Append("\n\n");
        Add($"# {cmdlet.Name}");
        Add(text.Paragraphs(cmdlet.Synopsis, cmdlet.Name));
        Add("## Syntax");
        foreach (string set in cmdlet.ParameterSets)
        {
            if (set != BindingHelp.AllSets)
            {
                Add($"### {set}");
            }

            Add($"```powershell\n{Syntax.Line(cmdlet, set)}\n```");
        }

        Add("## Description");
        Add(text.Paragraphs(cmdlet.Description, cmdlet.Name));
        Add("## Examples");
        foreach ((int index, ExampleHelp example) in cmdlet.Examples.Index())
        {
            Add(FormattableString.Invariant($"### Example {index + 1}"));
            Add($"```powershell\n{example.Code}\n```");
            Add(text.Paragraphs(example.Remarks, cmdlet.Name));
        }

        Add("## Parameters");
        foreach (ParameterHelp parameter in cmdlet.Parameters)
        {
            AddParameter(Add, parameter, cmdlet.Name);
        }

        AddTypes(Add, "## Inputs", cmdlet.Inputs, cmdlet.Name);
        AddTypes(Add, "## Outputs", cmdlet.Outputs, cmdlet.Name);
        if (cmdlet.Aliases.Count > 0)
        {
            Add("## Notes");
            Add($"Alias: {string.Join(", ", cmdlet.Aliases.Select(a => $"`{a}`"))}");
        }

        Add("## Related links");
        Add(string.Join('\n', cmdlet.Links.Select(l => $"- {text.Link(l)}")));
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private void AddParameter(Action<string> add, ParameterHelp parameter, string page)
    {
        add($"### -{parameter.Name}");
        add(text.Paragraphs(parameter.Description, page));
        if (parameter.Values.Count > 0)
        {
            add(string.Join('\n', parameter.Values.Select(v =>
                v.Meaning.Length == 0 ? $"- `{v.Name}`" : $"- `{v.Name}`: {text.Line([new DocParagraph(v.Meaning)], page)}")));
        }

        var rows = new List<(string Name, string Value)> { ("Type", $"`{parameter.TypeName}`") };
        foreach ((string set, BindingHelp binding) in parameter.Sets)
        {
            string of = set == BindingHelp.AllSets ? string.Empty : $" ({set})";
            rows.Add(("Required" + of, binding.IsMandatory ? "yes" : "no"));
            rows.Add(("Position" + of, binding.PositionText));
            rows.Add(("Pipeline input" + of, binding.PipelineText));
        }

        rows.Add(("Default", parameter.Default is null ? "none" : $"`{parameter.Default}`"));
        rows.Add(("Wildcards", parameter.AcceptsWildcards ? "yes" : "no"));
        if (parameter.Aliases.Count > 0)
        {
            rows.Add(("Aliases", string.Join(", ", parameter.Aliases.Select(a => $"`{a}`"))));
        }

        add("| | |\n|---|---|\n" + string.Join('\n', rows.Select(r => $"| {r.Name} | {r.Value} |")));
    }

    private void AddTypes(Action<string> add, string heading, IEnumerable<TypeHelp> types, string page)
    {
        add(heading);
        foreach (TypeHelp type in types)
        {
            add($"### {type.Name}");
            if (type.Description.Count > 0)
            {
                add(text.Paragraphs(type.Description, page));
            }
        }
    }
}
