// SPDX-License-Identifier: MIT
using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;

namespace PgCloud.BindingCases;

/// <summary>Shows its arguments.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Echo")]
[Alias("tec", "tec2", "hidden")]
public sealed class TestEchoCommand : PSCmdlet
{
    /// <summary>A text.</summary>
    [Parameter(Position = 0)]
    public string? Text { get; set; } = "default";

    /// <summary>Anything.</summary>
    [Parameter(Position = 1)]
    public object? Any { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(Show.Pairs(("Text", Text), ("Any", Any)) + $" as {MyInvocation.InvocationName}");
}

/// <summary>Numbers and booleans.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Numbers")]
public sealed class TestNumbersCommand : PSCmdlet
{
    /// <summary>An int.</summary>
    [Parameter] public int Int { get; set; } = -1;

    /// <summary>An int or none.</summary>
    [Parameter] public int? Maybe { get; set; }

    /// <summary>A byte.</summary>
    [Parameter] public byte Byte { get; set; }

    /// <summary>A long.</summary>
    [Parameter] public long Long { get; set; }

    /// <summary>A double.</summary>
    [Parameter] public double Double { get; set; }

    /// <summary>A decimal.</summary>
    [Parameter] public decimal Decimal { get; set; }

    /// <summary>A boolean.</summary>
    [Parameter] public bool Bool { get; set; }

    /// <summary>A boolean or none.</summary>
    [Parameter] public bool? Perhaps { get; set; }

    /// <summary>A character.</summary>
    [Parameter] public char Char { get; set; } = '-';

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(string.Join(" ", MyInvocation.BoundParameters.Keys.Order(StringComparer.Ordinal).Select(k => $"{k}={Show.Value(GetType().GetProperty(k)?.GetValue(this))}")));
}

/// <summary>Types that text converts to.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Types")]
public sealed class TestTypesCommand : PSCmdlet
{
    /// <summary>An enum.</summary>
    [Parameter] public Colour Colour { get; set; }

    /// <summary>Flags.</summary>
    [Parameter] public Rights Rights { get; set; }

    /// <summary>An enum or none.</summary>
    [Parameter] public Colour? Shade { get; set; }

    /// <summary>A URI.</summary>
    [Parameter] public Uri? Uri { get; set; }

    /// <summary>A version.</summary>
    [Parameter] public Version? Version { get; set; }

    /// <summary>A GUID.</summary>
    [Parameter] public Guid Guid { get; set; }

    /// <summary>A time span.</summary>
    [Parameter] public TimeSpan Span { get; set; }

    /// <summary>A date.</summary>
    [Parameter] public DateTimeOffset When { get; set; }

    /// <summary>An address.</summary>
    [Parameter] public System.Net.IPAddress? Address { get; set; }

    /// <summary>By constructor.</summary>
    [Parameter] public FromConstructor? Made { get; set; }

    /// <summary>By Parse.</summary>
    [Parameter] public FromParse? Parsed { get; set; }

    /// <summary>By operator.</summary>
    [Parameter] public FromItem? Cast { get; set; }

    /// <summary>A secret.</summary>
    [Parameter] public System.Security.SecureString? Secret { get; set; }

    /// <summary>A dictionary.</summary>
    [Parameter] public Hashtable? Map { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(string.Join(" ", MyInvocation.BoundParameters.Keys.Order(StringComparer.Ordinal).Select(k => $"{k}={Text(GetType().GetProperty(k)!.GetValue(this))}")));

    private static string Text(object? value) => value switch
    {
        DateTimeOffset moment => moment.ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
        System.Security.SecureString secret => $"secret of {secret.Length}",
        _ => Show.Value(value),
    };
}

/// <summary>Collections.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Lists")]
public sealed class TestListsCommand : PSCmdlet
{
    /// <summary>Texts.</summary>
    [Parameter(Position = 0)] public string[]? Texts { get; set; }

    /// <summary>Numbers.</summary>
    [Parameter] public int[]? Numbers { get; set; }

    /// <summary>Anything.</summary>
    [Parameter] public object[]? Things { get; set; }

    /// <summary>A generic list.</summary>
    [Parameter] public List<int>? List { get; set; }

    /// <summary>A collection.</summary>
    [Parameter] public Collection<string>? Many { get; set; }

    /// <summary>A list without a type.</summary>
    [Parameter] public ArrayList? Loose { get; set; }

    /// <summary>Enums.</summary>
    [Parameter] public Colour[]? Colours { get; set; }

    /// <summary>One text.</summary>
    [Parameter] public string? One { get; set; }

    /// <summary>Any array.</summary>
    [Parameter] public IEnumerable? Sequence { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(string.Join(" ", MyInvocation.BoundParameters.Keys.Order(StringComparer.Ordinal).Select(k => $"{k}={Show.Value(GetType().GetProperty(k)!.GetValue(this))}")));
}

/// <summary>Switches.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Switches")]
public sealed class TestSwitchesCommand : PSCmdlet
{
    /// <summary>A switch.</summary>
    [Parameter] public SwitchParameter On { get; set; }

    /// <summary>Another.</summary>
    [Parameter] public SwitchParameter Off { get; set; }

    /// <summary>A text.</summary>
    [Parameter(Position = 0)] public string? Text { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(Show.Pairs(("On", On), ("Off", Off), ("Text", Text)) + $" bound {string.Join(",", MyInvocation.BoundParameters.Keys.Order(StringComparer.Ordinal))}");
}

/// <summary>Takes what is left over.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Rest")]
public sealed class TestRestCommand : PSCmdlet
{
    /// <summary>The first.</summary>
    [Parameter(Position = 0)] public string? First { get; set; }

    /// <summary>The rest.</summary>
    [Parameter(ValueFromRemainingArguments = true)] public object[]? Rest { get; set; }

    /// <summary>A switch.</summary>
    [Parameter] public SwitchParameter On { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(Show.Pairs(("First", First), ("Rest", Rest), ("On", On)));
}

/// <summary>Names that begin alike, and aliases.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Names")]
public sealed class TestNamesCommand : PSCmdlet
{
    /// <summary>Begins like the other.</summary>
    [Parameter] [Alias("Location", "Zone")] public string? Region { get; set; }

    /// <summary>Begins like the other.</summary>
    [Parameter] public string? Regime { get; set; }

    /// <summary>Begins like a common parameter.</summary>
    [Parameter] public string? Verse { get; set; }

    /// <summary>Is the beginning of another.</summary>
    [Parameter] public string? Tag { get; set; }

    /// <summary>Begins with another's name.</summary>
    [Parameter] public string? TagValue { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(Show.Pairs(("Region", Region), ("Regime", Regime), ("Verse", Verse), ("Tag", Tag), ("TagValue", TagValue)));
}

/// <summary>Shows which parameters count as bound.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Bound")]
public sealed class TestBoundCommand : PSCmdlet
{
    /// <summary>By hand.</summary>
    [Parameter(Position = 0)] public string? ByHand { get; set; }

    /// <summary>By value.</summary>
    [Parameter(ValueFromPipeline = true)] public object? InputObject { get; set; }

    /// <summary>By name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)] public string? Name { get; set; } = "unset";

    /// <inheritdoc/>
    protected override void BeginProcessing() => Write("begin");

    /// <inheritdoc/>
    protected override void ProcessRecord() => Write("process");

    /// <inheritdoc/>
    protected override void EndProcessing() => Write("end");

    private void Write(string when) =>
        WriteObject($"{when} {string.Join(",", MyInvocation.BoundParameters.Keys.Order(StringComparer.Ordinal))} Name={Name} expecting={MyInvocation.ExpectingInput} {MyInvocation.PipelinePosition}/{MyInvocation.PipelineLength}");
}

/// <summary>Null for every kind of type.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Null")]
public sealed class TestNullCommand : PSCmdlet
{
    /// <summary>A text.</summary>
    [Parameter] public string? Text { get; set; } = "default";

    /// <summary>A number.</summary>
    [Parameter] public int Number { get; set; } = 7;

    /// <summary>A number or none.</summary>
    [Parameter] public int? Maybe { get; set; } = 7;

    /// <summary>A boolean.</summary>
    [Parameter] public bool Bool { get; set; } = true;

    /// <summary>A switch.</summary>
    [Parameter] public SwitchParameter On { get; set; }

    /// <summary>An enum.</summary>
    [Parameter] public Colour Colour { get; set; } = Colour.Blue;

    /// <summary>Texts.</summary>
    [Parameter] public string[]? Texts { get; set; } = ["default"];

    /// <summary>An object.</summary>
    [Parameter] public Version? Version { get; set; } = new(1, 0);

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(Show.Pairs(("Text", Text), ("Number", Number), ("Maybe", Maybe), ("Bool", Bool), ("On", On),
        ("Colour", Colour), ("Texts", Texts), ("Version", Version)));
}
