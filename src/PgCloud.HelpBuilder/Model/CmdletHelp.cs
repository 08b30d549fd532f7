// SPDX-License-Identifier: MIT

namespace PgCloud.HelpBuilder.Model;

/// <summary>Everything the help says about one cmdlet.</summary>
internal sealed record CmdletHelp(string Verb, string Noun, string Area)
{
    /// <summary>The name, such as <c>Get-PgInstance</c>.</summary>
    internal string Name => $"{Verb}-{Noun}";

    /// <summary>What it does, in a sentence.</summary>
    internal required IReadOnlyList<DocParagraph> Synopsis { get; init; }

    /// <summary>What else there is to know.</summary>
    internal required IReadOnlyList<DocParagraph> Description { get; init; }

    /// <summary>Other names of the cmdlet.</summary>
    internal required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The names of the parameter sets, the default one first.</summary>
    internal required IReadOnlyList<string> ParameterSets { get; init; }

    /// <summary>All parameters, by name.</summary>
    internal required IReadOnlyList<ParameterHelp> Parameters { get; init; }

    /// <summary>What can be piped in.</summary>
    internal required IReadOnlyList<TypeHelp> Inputs { get; init; }

    /// <summary>What is written.</summary>
    internal required IReadOnlyList<TypeHelp> Outputs { get; init; }

    /// <summary>Examples.</summary>
    internal required IReadOnlyList<ExampleHelp> Examples { get; init; }

    /// <summary>Where to read on: names of cmdlets and of about topics.</summary>
    internal IReadOnlyList<string> Links { get; init; } = [];
}
