// SPDX-License-Identifier: MIT
using System.Management.Automation;

namespace PgCloud.BindingCases;

/// <summary>Input by value.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ByValue")]
public sealed class TestByValueCommand : PSCmdlet
{
    /// <summary>A number.</summary>
    [Parameter(ValueFromPipeline = true, Position = 0)] public int Number { get; set; } = -1;

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(Show.Pairs(("Number", Number)));
}

/// <summary>Input by property name.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ByName")]
public sealed class TestByNameCommand : PSCmdlet
{
    /// <summary>A name, also by alias.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)] [Alias("Nickname", "Label")] public string? Title { get; set; } = "untitled";

    /// <summary>A number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)] public int Count { get; set; } = -1;

    /// <summary>Texts.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)] public string[]? Words { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(Show.Pairs(("Title", Title), ("Count", Count), ("Words", Words)));
}

/// <summary>Which of four ways an object goes.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Coercion")]
public sealed class TestCoercionCommand : PSCmdlet
{
    /// <summary>A number by value.</summary>
    [Parameter(ValueFromPipeline = true)] public int Number { get; set; } = -1;

    /// <summary>An item by value.</summary>
    [Parameter(ValueFromPipeline = true)] public CaseItem? Item { get; set; }

    /// <summary>A text by name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)] public string? Name { get; set; } = "unset";

    /// <summary>A number by name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)] public int Length { get; set; } = -1;

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(Show.Pairs(("Number", Number), ("Item", Item), ("Name", Name), ("Length", Length)));
}

/// <summary>Objects as they come.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Object")]
public sealed class TestObjectCommand : PSCmdlet
{
    /// <summary>Anything.</summary>
    [Parameter(ValueFromPipeline = true, Position = 0)] public object? InputObject { get; set; }

    /// <summary>Anything, wrapped.</summary>
    [Parameter] public PSObject? Wrapped { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(Show.Pairs(("InputObject", InputObject), ("Wrapped", Wrapped))
        + (InputObject is null ? "" : " " + string.Join(",", PSObject.AsPSObject(InputObject).Properties.Where(p => p.Name is "Extra" or "Nickname").Select(p => $"{p.Name}:{p.Value}"))));
}

/// <summary>Asks before it acts.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Should", SupportsShouldProcess = true)]
public sealed class TestShouldCommand : PSCmdlet
{
    /// <summary>On what.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)] public string Target { get; set; } = "it";

    /// <summary>Which overload: 1, 2, 3 or 4.</summary>
    [Parameter] public int Overload { get; set; } = 2;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        ShouldProcessReason reason = ShouldProcessReason.None;
        bool go = Overload switch
        {
            1 => ShouldProcess(Target),
            2 => ShouldProcess(Target, "Test"),
            3 => ShouldProcess($"Doing {Target}.", $"Do {Target}?", "Caption"),
            _ => ShouldProcess($"Doing {Target}.", $"Do {Target}?", "Caption", out reason),
        };
        WriteObject($"{Target}:{go}:{reason}");
    }
}

/// <summary>Asks about something that matters.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ShouldHigh", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class TestShouldHighCommand : PSCmdlet
{
    /// <summary>Do not ask again.</summary>
    [Parameter] public SwitchParameter Force { get; set; }

    /// <summary>Ask the second question.</summary>
    [Parameter] public SwitchParameter Continue { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(ShouldProcess("it", "Test") && (Force || !Continue || ShouldContinue("Really?", "Caption")));
}

/// <summary>Writes to every stream.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Streams")]
public sealed class TestStreamsCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        WriteObject("output");
        WriteVerbose("verbose");
        WriteDebug("debug");
        WriteWarning("warning");
        WriteInformation("information", ["tag"]);
        WriteProgress(new ProgressRecord(1, "activity", "status"));
        WriteError(new ErrorRecord(new InvalidOperationException("error"), "Streams.Error", ErrorCategory.ReadError, "target"));
        WriteObject("after");
    }
}

/// <summary>Fails in a way that was asked for.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Failure")]
public sealed class TestFailureCommand : PSCmdlet
{
    /// <summary>How.</summary>
    [Parameter(Mandatory = true, Position = 0)] public string How { get; set; } = "";

    /// <summary>On what.</summary>
    [Parameter(ValueFromPipeline = true)] public object? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        ErrorRecord record = new(new InvalidOperationException("went wrong"), "Case.Failed", ErrorCategory.ConnectionError, InputObject)
        {
            ErrorDetails = new ErrorDetails("better message") { RecommendedAction = "try again" },
        };
        switch (How)
        {
            case "Error": WriteError(record); break;
            case "Terminate": ThrowTerminatingError(record); break;
            case "Throw": throw new InvalidOperationException("thrown");
            case "Argument": throw new PSArgumentException("argument");
            case "Invalid": throw new PSInvalidOperationException("invalid");
            case "Runtime": throw new RuntimeException("runtime");
            case "Carried": throw new RuntimeException("carrier", null, record);
            case "EmptyId": WriteError(new ErrorRecord(new InvalidOperationException("no id"), "", ErrorCategory.NotSpecified, null)); break;
            case "Swallow": Swallow(record); break;
            case "Thread": OtherThread(); break;
        }

        WriteObject("went on");
    }

    private void Swallow(ErrorRecord record)
    {
        try
        {
            ThrowTerminatingError(record);
        }
        catch (Exception e)
        {
            CaseLog.Add(e.GetType().Name);
            throw;
        }
    }

    private void OtherThread()
    {
        Exception? thrown = null;
        Thread thread = new(() =>
        {
            try
            {
                WriteObject("from another thread");
            }
            catch (InvalidOperationException e)
            {
                thrown = e;
            }
        });
        thread.Start();
        thread.Join();
        WriteObject(thrown?.GetType().Name);
    }
}
