// SPDX-License-Identifier: MIT
namespace System.Management.Automation;

/// <summary>Where a cmdlet's writes go.</summary>
public interface ICommandRuntime {
    Host.PSHost Host { get; }
    void WriteObject(object? sendToPipeline);
    void WriteObject(object? sendToPipeline, bool enumerateCollection);
    void WriteError(ErrorRecord errorRecord);
    void WriteWarning(string text);
    void WriteVerbose(string text);
    void WriteDebug(string text);
    void WriteCommandDetail(string text);
    void WriteProgress(ProgressRecord progressRecord);
    void WriteProgress(long sourceId, ProgressRecord progressRecord);
    bool ShouldProcess(string target);
    bool ShouldProcess(string target, string action);
    bool ShouldProcess(string verboseDescription, string verboseWarning, string caption);
    bool ShouldProcess(string verboseDescription, string verboseWarning, string caption, out ShouldProcessReason shouldProcessReason);
    bool ShouldContinue(string query, string caption);
    bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll);
    void ThrowTerminatingError(ErrorRecord errorRecord);
    bool TransactionAvailable();
}

/// <summary>What came to <see cref="ICommandRuntime"/> later.</summary>
public interface ICommandRuntime2 : ICommandRuntime {
    void WriteInformation(InformationRecord informationRecord);
    bool ShouldContinue(string query, string caption, bool hasSecurityImpact, ref bool yesToAll, ref bool noToAll);
}
