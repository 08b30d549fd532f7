// SPDX-License-Identifier: MIT

using System.Text;
using PgCloud.HelpBuilder.Model;

namespace PgCloud.HelpBuilder.Writing;

/// <summary>Writes the folder of pages: one a cmdlet, and an index by area.</summary>
internal static class MarkdownFolder
{
    // The order in which a reader meets the areas; areas that are not named here follow by name.
    private static readonly string[] Areas =
        ["Cloud", "Instance", "Backup", "Network", "User", "Database", "Connection", "Role", "Privilege", "Activity", "Log"];

    /// <summary>Writes all pages, and deletes those of cmdlets that are gone.</summary>
    internal static void Write(IReadOnlyList<CmdletHelp> cmdlets, string directory)
    {
        Directory.CreateDirectory(directory);
        var text = new MarkdownText(cmdlets.Select(c => c.Name).ToHashSet(StringComparer.Ordinal));
        var page = new MarkdownPage(text);
        var files = cmdlets.ToDictionary(c => $"{c.Name}.md", page.Of, StringComparer.Ordinal);
        files["README.md"] = Index(cmdlets, text);
        foreach (string path in Directory.GetFiles(directory, "*.md").Where(p => !files.ContainsKey(Path.GetFileName(p))))
        {
            File.Delete(path);
        }

        foreach ((string name, string content) in files)
        {
            File.WriteAllText(Path.Combine(directory, name), content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
    }

    private static string Index(IReadOnlyList<CmdletHelp> cmdlets, MarkdownText text)
    {
        var index = new StringBuilder("# Cmdlets\n\nMade by `src/PgCloud.HelpBuilder` from the XML documentation in `src/PgCloud`. Do not edit.\n");
        foreach (IGrouping<string, CmdletHelp> area in cmdlets.GroupBy(c => c.Area).OrderBy(a => Rank(a.Key)).ThenBy(a => a.Key, StringComparer.Ordinal))
        {
            index.Append("\n## ").Append(area.Key).Append("\n\n| Cmdlet | What it does |\n|---|---|\n");
            foreach (CmdletHelp cmdlet in area)
            {
                index.Append("| ").Append(text.Link(cmdlet.Name)).Append(" | ").Append(text.Line(cmdlet.Synopsis, cmdlet.Name)).Append(" |\n");
            }
        }

        return index.ToString();
    }

    private static int Rank(string area) => Array.IndexOf(Areas, area) is >= 0 and var rank ? rank : Areas.Length;
}
