// SPDX-License-Identifier: MIT
using System.Management.Automation;

namespace PgCloud.BindingCases;

/// <summary>Two sets, no default.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Sets")]
public sealed class TestSetsCommand : PSCmdlet
{
    /// <summary>Of the one.</summary>
    [Parameter(ParameterSetName = "ByName", Mandatory = true)] public string? Name { get; set; }

    /// <summary>Of the other.</summary>
    [Parameter(ParameterSetName = "ById", Mandatory = true)] public int Id { get; set; }

    /// <summary>Of the other, optional.</summary>
    [Parameter(ParameterSetName = "ById")] public string? Detail { get; set; }

    /// <summary>Of both.</summary>
    [Parameter] public string? Shared { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject($"{ParameterSetName} " + Show.Pairs(("Name", Name), ("Id", Id), ("Detail", Detail), ("Shared", Shared)));
}

/// <summary>Two sets with a default.</summary>
[Cmdlet(VerbsDiagnostic.Test, "DefaultSet", DefaultParameterSetName = "All")]
public sealed class TestDefaultSetCommand : PSCmdlet
{
    /// <summary>Of one.</summary>
    [Parameter(ParameterSetName = "ByName", Mandatory = true, Position = 0)] public string? Name { get; set; }

    /// <summary>Of another.</summary>
    [Parameter(ParameterSetName = "ById", Mandatory = true)] public int Id { get; set; }

    /// <summary>Of the default.</summary>
    [Parameter(ParameterSetName = "All")] public SwitchParameter Hidden { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject($"{ParameterSetName} " + Show.Pairs(("Name", Name), ("Id", Id), ("Hidden", Hidden)));
}

/// <summary>A parameter of two sets out of three, mandatory in one of them.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ThreeSets", DefaultParameterSetName = "One")]
public sealed class TestThreeSetsCommand : PSCmdlet
{
    /// <summary>Of one and two.</summary>
    [Parameter(ParameterSetName = "One")]
    [Parameter(ParameterSetName = "Two", Mandatory = true)]
    public string? Both { get; set; }

    /// <summary>Of two.</summary>
    [Parameter(ParameterSetName = "Two")] public string? Second { get; set; }

    /// <summary>Of three.</summary>
    [Parameter(ParameterSetName = "Three")] public string? Third { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject($"{ParameterSetName} " + Show.Pairs(("Both", Both), ("Second", Second), ("Third", Third)));
}

/// <summary>Sets that the input decides between, as most of a module's cmdlets have them.</summary>
[Cmdlet(VerbsDiagnostic.Test, "InputSets", DefaultParameterSetName = "ByName")]
public sealed class TestInputSetsCommand : PSCmdlet
{
    /// <summary>An object.</summary>
    [Parameter(ParameterSetName = "ByObject", Mandatory = true, ValueFromPipeline = true)] public CaseItem? Item { get; set; }

    /// <summary>A name.</summary>
    [Parameter(ParameterSetName = "ByName", Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)] public string[]? Name { get; set; }

    /// <summary>A number.</summary>
    [Parameter(ParameterSetName = "ById", Mandatory = true, ValueFromPipelineByPropertyName = true)] public int Id { get; set; }

    /// <summary>Needed anyway.</summary>
    [Parameter(Mandatory = true)] public string? Role { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject($"{ParameterSetName} " + Show.Pairs(("Item", Item), ("Name", Name), ("Id", Id), ("Role", Role)));
}

/// <summary>Positions.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Positions")]
public sealed class TestPositionsCommand : PSCmdlet
{
    /// <summary>The first.</summary>
    [Parameter(Position = 0)] public string? First { get; set; }

    /// <summary>The second.</summary>
    [Parameter(Position = 1)] public int Second { get; set; }

    /// <summary>The third, after a gap.</summary>
    [Parameter(Position = 5)] public string? Third { get; set; }

    /// <summary>Without a position.</summary>
    [Parameter] public string? Named { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(Show.Pairs(("First", First), ("Second", Second), ("Third", Third), ("Named", Named)));
}

/// <summary>The same position in two sets: the type decides.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PositionSets", DefaultParameterSetName = "Number")]
public sealed class TestPositionSetsCommand : PSCmdlet
{
    /// <summary>A number.</summary>
    [Parameter(ParameterSetName = "Number", Position = 0)] public int Number { get; set; }

    /// <summary>A text.</summary>
    [Parameter(ParameterSetName = "Text", Position = 0)] public string? Text { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject($"{ParameterSetName} " + Show.Pairs(("Number", Number), ("Text", Text)));
}

/// <summary>Mandatory parameters, also by pipeline.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Mandatory")]
public sealed class TestMandatoryCommand : PSCmdlet
{
    /// <summary>By hand.</summary>
    [Parameter(Mandatory = true, Position = 0)] public string? Key { get; set; }

    /// <summary>By value.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)] public int Value { get; set; }

    /// <summary>By name.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)] public string? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(Show.Pairs(("Key", Key), ("Value", Value), ("Name", Name)));
}
