// SPDX-License-Identifier: MIT
using System.Management.Automation;

namespace PgCloud.BindingCases;

/// <summary>Empty values.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Empties")]
public sealed class TestEmptiesCommand : PSCmdlet
{
    /// <summary>Must not be empty.</summary>
    [Parameter(Mandatory = true, Position = 0)] public string? Text { get; set; }

    /// <summary>May be empty.</summary>
    [Parameter] [AllowEmptyString] [AllowNull] public string? Blank { get; set; }

    /// <summary>Must have elements.</summary>
    [Parameter(ValueFromPipeline = true)] [ValidateNotNullOrEmpty] public string[]? Items { get; set; }

    /// <summary>May have none.</summary>
    [Parameter] public string[]? Any { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(Show.Pairs(("Text", Text), ("Blank", Blank), ("Items", Items), ("Any", Any)));
}

/// <summary>Every validation.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Validation")]
public sealed class TestValidationCommand : PSCmdlet
{
    /// <summary>One of a set.</summary>
    [Parameter(ValueFromPipeline = true)] [ValidateSet("Small", "Large")] public string? Size { get; set; }

    /// <summary>Some of a set, in exact case.</summary>
    [Parameter] [ValidateSet("a", "b", IgnoreCase = false)] public string[]? Letters { get; set; }

    /// <summary>In a range.</summary>
    [Parameter] [ValidateRange(1, 10)] public int Number { get; set; }

    /// <summary>In a range of reals.</summary>
    [Parameter] [ValidateRange(0.5, 1.5)] public double Real { get; set; }

    /// <summary>Of a length.</summary>
    [Parameter] [ValidateLength(2, 4)] public string? Word { get; set; }

    /// <summary>So many.</summary>
    [Parameter] [ValidateCount(1, 2)] public string[]? Few { get; set; }

    /// <summary>Of a shape.</summary>
    [Parameter] [ValidatePattern("^[a-z]+$")] public string? Shape { get; set; }

    /// <summary>Not null.</summary>
    [Parameter] [ValidateNotNull] public object? Thing { get; set; }

    /// <summary>Not empty.</summary>
    [Parameter] [ValidateNotNullOrEmpty] public string? Filled { get; set; }

    /// <summary>Even.</summary>
    [Parameter] [Even] public int Even { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(string.Join(" ", MyInvocation.BoundParameters.Keys.Order(StringComparer.Ordinal).Select(k => $"{k}={Show.Value(GetType().GetProperty(k)?.GetValue(this))}")));
}

/// <summary>A validation of one's own.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EvenAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is int number && number % 2 != 0)
        {
            throw new ValidationMetadataException("not even");
        }
    }
}

/// <summary>Makes text of anything, upper case; refuses "no".</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShoutAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object bare = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return bare is CaseItem item ? $"ITEM {item.Name}" : bare?.ToString() == "no" ? throw new ArgumentTransformationMetadataException("no means no")
            : bare?.ToString() == "broken" ? throw new InvalidOperationException("broken") : $"{bare}".ToUpperInvariant();
    }
}

/// <summary>A transformation.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Transform")]
public sealed class TestTransformCommand : PSCmdlet
{
    /// <summary>Shouted.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)] [Shout] public string? Text { get; set; }

    /// <summary>Shouted and then checked.</summary>
    [Parameter] [Shout] [ValidateSet("YES", IgnoreCase = false)] public string? Answer { get; set; }

    /// <summary>Shouted and then converted.</summary>
    [Parameter] [Shout] public int Number { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(Show.Pairs(("Text", Text), ("Answer", Answer), ("Number", Number)));
}
