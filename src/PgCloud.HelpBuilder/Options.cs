// SPDX-License-Identifier: MIT

namespace PgCloud.HelpBuilder;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(string AssemblyPath, string DocumentationPath, string? MamlDirectory, string? MarkdownDirectory)
{
    internal const string Usage =
        """
        Writes the help of a binary PowerShell module from its XML documentation.

        --assembly <dll>         the module's assembly
        --documentation <xml>    its XML documentation; without it the file beside the assembly
        --maml <directory>       where to write <assembly>-Help.xml
        --markdown <directory>   where to write one page a cmdlet and an index; pages of cmdlets that are gone are deleted
        """;

    /// <summary>Reads the command line; <see langword="null"/> where it is wrong.</summary>
    internal static Options? Parse(string[] arguments)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i + 1 < arguments.Length; i += 2)
        {
            given[arguments[i]] = arguments[i + 1];
        }

        string? Take(string name) => given.Remove(name, out string? value) ? Path.GetFullPath(value) : null;
        if (Take("--assembly") is not { } assembly)
        {
            return null;
        }

        var options = new Options(
            assembly, Take("--documentation") ?? Path.ChangeExtension(assembly, ".xml"), Take("--maml"), Take("--markdown"));
        return given.Count > 0 || arguments.Length % 2 > 0 ? null : options;
    }
}
