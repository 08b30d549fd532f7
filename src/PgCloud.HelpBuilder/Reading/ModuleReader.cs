// SPDX-License-Identifier: MIT

using System.Reflection;
using PgCloud.HelpBuilder.Model;

namespace PgCloud.HelpBuilder.Reading;

/// <summary>Reads all cmdlets of a module's assembly, without loading it for execution.</summary>
internal static class ModuleReader
{
    private const string About = "about_PgCloud";

    /// <summary>The cmdlets, by noun and verb; what is missing is added to the problems.</summary>
    internal static IReadOnlyList<CmdletHelp> Read(string assemblyPath, string documentationPath, List<string> problems)
    {
        foreach (string path in new[] { assemblyPath, documentationPath }.Where(p => !File.Exists(p)))
        {
            problems.Add($"{path}: no such file");
        }

        if (problems.Count > 0)
        {
            return [];
        }

        using var context = new MetadataLoadContext(new PathAssemblyResolver(References(assemblyPath)), typeof(object).Assembly.GetName().Name);
        var reader = new CmdletReader(XmlDocumentation.Load(documentationPath), problems);
        List<CmdletHelp> cmdlets = [];
        foreach (Type type in context.LoadFromAssemblyPath(assemblyPath).GetExportedTypes().Where(t => !t.IsAbstract))
        {
            if (Attributes.Of(type, "CmdletAttribute").FirstOrDefault() is { } cmdlet)
            {
                cmdlets.Add(reader.Read(type, cmdlet));
            }
        }

        cmdlets.Sort((a, b) => string.CompareOrdinal($"{a.Noun} {a.Verb}", $"{b.Noun} {b.Verb}"));
        return cmdlets.ConvertAll(c => c with { Links = LinksOf(c, cmdlets) });
    }

    // Cmdlets of the same noun first, then the others of the area.
    private static List<string> LinksOf(CmdletHelp cmdlet, List<CmdletHelp> all) =>
        [.. all.Where(c => c.Area == cmdlet.Area && c.Name != cmdlet.Name).OrderBy(c => c.Noun != cmdlet.Noun).Select(c => c.Name), About];

    private static IEnumerable<string> References(string assemblyPath) =>
    [
        .. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll"),
        Path.Combine(AppContext.BaseDirectory, "reference", "System.Management.Automation.dll"),
        assemblyPath,
    ];
}
