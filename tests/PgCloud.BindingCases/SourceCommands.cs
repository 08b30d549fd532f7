// SPDX-License-Identifier: MIT
using System.Collections;
using System.Management.Automation;

namespace PgCloud.BindingCases;

/// <summary>Makes items to pipe.</summary>
[Cmdlet(VerbsCommon.New, "CaseItem")]
[OutputType(typeof(CaseItem))]
public sealed class NewCaseItemCommand : PSCmdlet
{
    /// <summary>Names: an item for each.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyString]
    [AllowNull]
    public string?[] Name { get; set; } = [];

    /// <summary>Their number.</summary>
    [Parameter(Position = 1)]
    public int Count { get; set; }

    /// <summary>Their words.</summary>
    [Parameter]
    public string[] Words { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string? name in Name)
        {
            WriteObject(new CaseItem { Name = name, Count = Count, Words = Words });
        }
    }
}

/// <summary>Makes values of kinds a literal cannot have.</summary>
[Cmdlet(VerbsCommon.New, "CaseBag")]
public sealed class NewCaseBagCommand : PSCmdlet
{
    /// <summary>Which kind.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateSet("Note", "Hashtable", "List", "Empty", "Nothing", "Null", "Long", "Double", "Decimal", "Date", "Guid", "Array", "Wrapped", "Tagged")]
    public string Kind { get; set; } = "";

    /// <summary>What goes into it.</summary>
    [Parameter(Position = 1)]
    public object? Value { get; set; }

    /// <summary>The name of its property.</summary>
    [Parameter]
    public string PropertyName { get; set; } = "Name";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        PSObject note = new();
        note.Properties.Add(new PSNoteProperty(PropertyName, Value is PSObject wrapped ? wrapped.BaseObject : Value));
        PSObject tagged = PSObject.AsPSObject(new CaseItem { Name = "tagged" });
        tagged.Properties.Add(new PSNoteProperty("Extra", "more"));
        switch (Kind)
        {
            case "Note": WriteObject(note); break;
            case "Hashtable": WriteObject(new Hashtable { [PropertyName] = Value }); break;
            case "List": WriteObject(new List<int> { 1, 2, 3 }); break;
            case "Array": WriteObject(new object[] { 1, "two", 3.5 }); break;
            case "Empty": WriteObject(Array.Empty<string>()); break;
            case "Null": WriteObject(null); break;
            case "Long": WriteObject(5000000000L); break;
            case "Double": WriteObject(2.5); break;
            case "Decimal": WriteObject(7.25m); break;
            case "Date": WriteObject(new DateTime(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc)); break;
            case "Guid": WriteObject(new Guid("11111111-2222-3333-4444-555555555555")); break;
            case "Wrapped": WriteObject(PSObject.AsPSObject("wrapped")); break;
            case "Tagged": WriteObject(tagged); break;
        }
    }
}

/// <summary>Writes numbers one by one and logs what becomes of it.</summary>
[Cmdlet(VerbsCommunications.Write, "Numbers")]
public sealed class WriteNumbersCommand : PSCmdlet, IDisposable
{
    /// <summary>How many.</summary>
    [Parameter(Position = 0)]
    public int Count { get; set; } = 3;

    /// <summary>The name in the log.</summary>
    [Parameter]
    public string Name { get; set; } = "numbers";

    /// <inheritdoc/>
    public void Dispose() => CaseLog.Add($"{Name}:dispose");

    /// <inheritdoc/>
    protected override void BeginProcessing() => CaseLog.Add($"{Name}:begin");

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        for (int i = 1; i <= Count; i++)
        {
            CaseLog.Add($"{Name}:{i}");
            try
            {
                WriteObject(i);
            }
            catch (Exception e)
            {
                CaseLog.Add($"{Name}:{e.GetType().Name}");
                throw;
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => CaseLog.Add($"{Name}:end");

    /// <inheritdoc/>
    protected override void StopProcessing() => CaseLog.Add($"{Name}:stop");
}

/// <summary>Passes on what it gets and logs when.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Order")]
public sealed class TestOrderCommand : PSCmdlet, IDisposable
{
    /// <summary>What comes.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <summary>The name in the log.</summary>
    [Parameter(Position = 0)]
    public string Name { get; set; } = "order";

    /// <summary>Fail at this input.</summary>
    [Parameter]
    public string? FailAt { get; set; }

    /// <inheritdoc/>
    public void Dispose() => CaseLog.Add($"{Name}:dispose");

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        CaseLog.Add($"{Name}:begin");
        WriteObject($"{Name}:begin");
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        CaseLog.Add($"{Name}:{InputObject}");
        if (FailAt is not null && $"{InputObject}" == FailAt)
        {
            ThrowTerminatingError(new ErrorRecord(new InvalidOperationException("enough"), "Order.Enough", ErrorCategory.LimitsExceeded, InputObject));
        }

        WriteObject(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        CaseLog.Add($"{Name}:end");
        WriteObject($"{Name}:end");
    }
}
