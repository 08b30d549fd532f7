// SPDX-License-Identifier: MIT
using System.Management.Automation;

namespace PgCloud.BindingCases;

/// <summary>Three sets of which the input can complete one, and needs a hand for another.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Choice", DefaultParameterSetName = "Alone")]
public sealed class TestChoiceCommand : PSCmdlet
{
    /// <summary>Of the default.</summary>
    [Parameter(ParameterSetName = "Alone", Mandatory = true)] public string? Alone { get; set; }

    /// <summary>By input.</summary>
    [Parameter(ParameterSetName = "Item", Mandatory = true, ValueFromPipeline = true)] public CaseItem? Item { get; set; }

    /// <summary>By hand, beside a text by input.</summary>
    [Parameter(ParameterSetName = "Text", Mandatory = true)] public string? Prefix { get; set; }

    /// <summary>By input.</summary>
    [Parameter(ParameterSetName = "Text", Mandatory = true, ValueFromPipeline = true)] public string? Text { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject($"{ParameterSetName} " + Show.Pairs(("Alone", Alone), ("Item", Item), ("Prefix", Prefix), ("Text", Text)));
}

/// <summary>A default set that needs nothing, beside one by value and one by name.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Optional", DefaultParameterSetName = "Nothing")]
public sealed class TestOptionalCommand : PSCmdlet
{
    /// <summary>Of the default.</summary>
    [Parameter(ParameterSetName = "Nothing", Position = 0)] public string? Filter { get; set; }

    /// <summary>By value.</summary>
    [Parameter(ParameterSetName = "Item", Mandatory = true, ValueFromPipeline = true)] public CaseItem[]? Item { get; set; }

    /// <summary>By name.</summary>
    [Parameter(ParameterSetName = "Number", Mandatory = true, ValueFromPipelineByPropertyName = true)] public int Number { get; set; }

    /// <summary>By value or by name, in all sets.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)] public string? Label { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject($"{ParameterSetName} " + Show.Pairs(("Filter", Filter), ("Item", Item), ("Number", Number), ("Label", Label)));
}

/// <summary>Two sets by value and no default.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Either")]
public sealed class TestEitherCommand : PSCmdlet
{
    /// <summary>The one.</summary>
    [Parameter(ParameterSetName = "Number", Mandatory = true, ValueFromPipeline = true)] public int Number { get; set; }

    /// <summary>The other.</summary>
    [Parameter(ParameterSetName = "Item", Mandatory = true, ValueFromPipeline = true)] public CaseItem? Item { get; set; }

    /// <summary>Only beside the other.</summary>
    [Parameter(ParameterSetName = "Item")] public string? Detail { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject($"{ParameterSetName} " + Show.Pairs(("Number", Number), ("Item", Item), ("Detail", Detail)));
}
