// SPDX-License-Identifier: MIT
namespace System.Management.Automation;
/// <summary>Base of every cmdlet. Whatever it writes goes to its <see cref="CommandRuntime"/>.</summary>
public abstract partial class Cmdlet : InternalCommand {
    public bool Stopping => CommandRuntime is CommandStreams { IsStopping: true };
    protected virtual void BeginProcessing() { }
    protected virtual void ProcessRecord() { }
    protected virtual void EndProcessing() { }
    protected virtual void StopProcessing() { }
    internal void DoBegin() => BeginProcessing();
    internal void DoProcess() => ProcessRecord();
    internal void DoEnd() => EndProcessing();
    internal void DoStop() => StopProcessing();
    public void WriteInformation(InformationRecord informationRecord) => ((ICommandRuntime2)CommandRuntime).WriteInformation(informationRecord);
    public void WriteInformation(object messageData, string[]? tags) => WriteInformation(new InformationRecord(messageData, GetType().Name) { Tags = [.. tags ?? []] });
}
/// <summary>A cmdlet that knows how it was called and the session it runs in.</summary>
public abstract partial class PSCmdlet : Cmdlet {
    public Host.PSHost Host => SessionState.Session.PSHost;
    public string GetUnresolvedProviderPathFromPSPath(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
    public Collection<string> GetResolvedProviderPathFromPSPath(string path, out ProviderInfo provider) =>
        SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider);
    public PathInfo CurrentProviderLocation(string providerId) => SessionState.Path.CurrentLocation;
    public object? GetVariableValue(string name) => SessionState.PSVariable.GetValue(name);
    public object? GetVariableValue(string name, object? defaultValue) => SessionState.PSVariable.GetValue(name, defaultValue);
}
