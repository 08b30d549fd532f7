// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting;
/// <summary>What a pipeline wrote, stream by stream.</summary>
public sealed class HostResult {
    private readonly CmdletHost _host;
    internal HostResult(CmdletHost host) => _host = host;
    /// <summary>The objects that came out at the end, without their PSObject wrappers (an object of properties only stays one).</summary>
    public List<object?> Output { get; } = [];
    /// <summary>The same objects as the pipeline carried them, with added members and type names.</summary>
    public List<PSObject?> Objects { get; } = [];
    /// <summary>The errors that harmed single records.</summary>
    public List<ErrorRecord> Errors { get; } = [];
    /// <summary>The error that ended the pipeline.</summary>
    public ErrorRecord? TerminatingError { get; internal set; }
    /// <summary>The warnings.</summary>
    public List<string> Warnings { get; } = [];
    /// <summary>What -Verbose shows.</summary>
    public List<string> Verbose { get; } = [];
    /// <summary>What -Debug shows.</summary>
    public List<string> Debug { get; } = [];
    /// <summary>The progress records.</summary>
    public List<ProgressRecord> Progress { get; } = [];
    /// <summary>The information records, Write-Host's too.</summary>
    public List<InformationRecord> Information { get; } = [];
    /// <summary>The "What if:" lines.</summary>
    public List<string> WhatIf { get; } = [];
    /// <summary>Whether <see cref="CmdletHost.Stop"/> ended it.</summary>
    public bool Stopped { get; internal set; }
    // -ErrorAction Stop ends a script; a cmdlet's own terminating error only ends the statement.
    internal bool StoppedByPreference { get; set; }
    internal void AddOutput(object? value) {
        Objects.Add(value is null ? null : PSObject.AsPSObject(value));
        Output.Add(PSObject.Base(value));
    }
    internal void AddWarning(string text) => Add(Warnings, text, "WARNING: " + text);
    internal void AddVerbose(string text) => Add(Verbose, text, "VERBOSE: " + text);
    internal void AddDebug(string text) => Add(Debug, text, "DEBUG: " + text);
    internal void AddWhatIf(string text) => Add(WhatIf, text, text);
    internal void AddInformation(InformationRecord record, bool show) => Add(Information, record, show ? record.MessageData?.ToString() : null);
    internal void AddError(ErrorRecord error) {
        Errors.Add(error);
        _host.ErrorConsole?.WriteLine(Formatter.Concise(error));
    }
    private void Add<T>(List<T> stream, T record, string? shown) {
        stream.Add(record);
        if (shown is not null) _host.Console?.WriteLine(shown);
    }
}
