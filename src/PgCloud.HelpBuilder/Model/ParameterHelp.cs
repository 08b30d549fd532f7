// SPDX-License-Identifier: MIT

namespace PgCloud.HelpBuilder.Model;

/// <summary>Everything the help says about one parameter.</summary>
internal sealed record ParameterHelp(string Name, string TypeName)
{
    /// <summary>What it is for.</summary>
    internal required IReadOnlyList<DocParagraph> Description { get; init; }

    /// <summary>How it is bound, by parameter set.</summary>
    internal required IReadOnlyDictionary<string, BindingHelp> Sets { get; init; }

    /// <summary>Other names of the parameter.</summary>
    internal IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The value it has where it is not given.</summary>
    internal string? Default { get; init; }

    /// <summary>Whether wildcards are allowed in it.</summary>
    internal bool AcceptsWildcards { get; init; }

    /// <summary>The values an enumeration allows.</summary>
    internal IReadOnlyList<ValueHelp> Values { get; init; } = [];

    /// <summary>Whether it takes no value.</summary>
    internal bool IsSwitch => TypeName == "SwitchParameter";

    /// <summary>How it is bound in the set that comes first.</summary>
    internal BindingHelp Binding => Sets.Values.First();

    /// <summary>How it is bound in a set, or <see langword="null"/> where it is not part of it.</summary>
    internal BindingHelp? In(string set) => Sets.GetValueOrDefault(set) ?? Sets.GetValueOrDefault(BindingHelp.AllSets);
}

/// <summary>How a parameter is bound in one parameter set.</summary>
/// <param name="IsMandatory">Whether it must be given.</param>
/// <param name="Position">Its position, or <see langword="null"/> where it must be named.</param>
/// <param name="FromPipeline">Whether it takes objects from the pipeline.</param>
/// <param name="FromProperty">Whether it takes properties of objects from the pipeline.</param>
internal sealed record BindingHelp(bool IsMandatory, int? Position, bool FromPipeline, bool FromProperty)
{
    /// <summary>PowerShell's name for "in every parameter set".</summary>
    internal const string AllSets = "__AllParameterSets";

    /// <summary>The position in words.</summary>
    internal string PositionText => Position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "named";

    /// <summary>The pipeline input in words.</summary>
    internal string PipelineText => (FromPipeline, FromProperty) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}

/// <summary>A value of an enumeration.</summary>
internal sealed record ValueHelp(string Name, string Meaning);
