// SPDX-License-Identifier: MIT

using PgCloud.HelpBuilder;
using PgCloud.HelpBuilder.Model;
using PgCloud.HelpBuilder.Reading;
using PgCloud.HelpBuilder.Writing;

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

var problems = new List<string>();
IReadOnlyList<CmdletHelp> cmdlets = ModuleReader.Read(options.AssemblyPath, options.DocumentationPath, problems);
if (cmdlets.Count == 0)
{
    problems.Add($"{options.AssemblyPath}: no cmdlets found");
}

if (problems.Count > 0)
{
    problems.ForEach(p => Console.Error.WriteLine($"error: {p}"));
    return 1;
}

if (options.MamlDirectory is { } maml)
{
    Console.WriteLine(MamlWriter.Write(cmdlets, options.AssemblyPath, maml));
}

if (options.MarkdownDirectory is { } markdown)
{
    MarkdownFolder.Write(cmdlets, markdown);
    Console.WriteLine(markdown);
}

return 0;
