// SPDX-License-Identifier: MIT
using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>Base of every cmdlet. Whatever it writes goes to its <see cref="CommandRuntime"/>.</summary>
public abstract class Cmdlet : InternalCommand {
    public ICommandRuntime CommandRuntime { get; set; } = null!;
    public bool Stopping => CommandRuntime is PgCloud.Hosting.Running.CommandStreams { IsStopping: true };
    public static HashSet<string> CommonParameters { get; } = [.. ParameterSpec.NamesOf(typeof(CommonParameterValues))];
    public static HashSet<string> OptionalCommonParameters { get; } = [.. ParameterSpec.NamesOf(typeof(ShouldProcessValues))];

    protected virtual void BeginProcessing() { }

    protected virtual void ProcessRecord() { }

    protected virtual void EndProcessing() { }

    protected virtual void StopProcessing() { }

    internal void DoBegin() => BeginProcessing();
    internal void DoProcess() => ProcessRecord();
    internal void DoEnd() => EndProcessing();
    internal void DoStop() => StopProcessing();

    public void WriteObject(object? sendToPipeline) => CommandRuntime.WriteObject(sendToPipeline);
    public void WriteObject(object? sendToPipeline, bool enumerateCollection) => CommandRuntime.WriteObject(sendToPipeline, enumerateCollection);
    public void WriteError(ErrorRecord errorRecord) => CommandRuntime.WriteError(errorRecord);
    public void WriteWarning(string text) => CommandRuntime.WriteWarning(text);
    public void WriteVerbose(string text) => CommandRuntime.WriteVerbose(text);
    public void WriteDebug(string text) => CommandRuntime.WriteDebug(text);
    public void WriteCommandDetail(string text) => CommandRuntime.WriteCommandDetail(text);
    public void WriteProgress(ProgressRecord progressRecord) => CommandRuntime.WriteProgress(progressRecord);
    public void WriteInformation(InformationRecord informationRecord) => ((ICommandRuntime2)CommandRuntime).WriteInformation(informationRecord);

    public void WriteInformation(object messageData, string[]? tags) {
        InformationRecord record = new(messageData, (this as PSCmdlet)?.MyInvocation?.MyCommand?.Name ?? GetType().Name);
        record.Tags.AddRange(tags ?? []);
        WriteInformation(record);
    }

    public bool ShouldProcess(string target) => CommandRuntime.ShouldProcess(target);
    public bool ShouldProcess(string target, string action) => CommandRuntime.ShouldProcess(target, action);
    public bool ShouldProcess(string verboseDescription, string verboseWarning, string caption) =>
        CommandRuntime.ShouldProcess(verboseDescription, verboseWarning, caption);
    public bool ShouldProcess(string verboseDescription, string verboseWarning, string caption, out ShouldProcessReason shouldProcessReason) =>
        CommandRuntime.ShouldProcess(verboseDescription, verboseWarning, caption, out shouldProcessReason);
    public bool ShouldContinue(string query, string caption) => CommandRuntime.ShouldContinue(query, caption);
    public bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll) =>
        CommandRuntime.ShouldContinue(query, caption, ref yesToAll, ref noToAll);
    public bool ShouldContinue(string query, string caption, bool hasSecurityImpact, ref bool yesToAll, ref bool noToAll) =>
        ((ICommandRuntime2)CommandRuntime).ShouldContinue(query, caption, hasSecurityImpact, ref yesToAll, ref noToAll);
    public void ThrowTerminatingError(ErrorRecord errorRecord) => CommandRuntime.ThrowTerminatingError(errorRecord);
    public bool TransactionAvailable() => false;
}

/// <summary>A cmdlet that knows how it was called and the session it runs in.</summary>
public abstract class PSCmdlet : Cmdlet {
    public InvocationInfo MyInvocation { get; internal set; } = null!;
    public string ParameterSetName { get; internal set; } = ParameterAttribute.AllParameterSets;
    public SessionState SessionState { get; internal set; } = null!;
    public Host.PSHost Host => SessionState.Session.PSHost;

    public string GetUnresolvedProviderPathFromPSPath(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
    public Collections.ObjectModel.Collection<string> GetResolvedProviderPathFromPSPath(string path, out ProviderInfo provider) =>
        SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider);
    public PathInfo CurrentProviderLocation(string providerId) => SessionState.Path.CurrentLocation;
    public object? GetVariableValue(string name) => SessionState.PSVariable.GetValue(name);
    public object? GetVariableValue(string name, object? defaultValue) => SessionState.PSVariable.GetValue(name, defaultValue);
}
