// SPDX-License-Identifier: MIT
using System.Net;
using System.Security;

namespace System.Management.Automation;

/// <summary>A parameter that is there or not.</summary>
public readonly struct SwitchParameter(bool isPresent) {
    public bool IsPresent { get; } = isPresent;
    public static SwitchParameter Present => new(true);
    public bool ToBool() => IsPresent;
    public override bool Equals(object? obj) => obj is bool b ? b == IsPresent : obj is SwitchParameter s && s.IsPresent == IsPresent;
    public override int GetHashCode() => IsPresent.GetHashCode();
    public override string ToString() => IsPresent.ToString();
    public static implicit operator bool(SwitchParameter switchParameter) => switchParameter.IsPresent;
    public static implicit operator SwitchParameter(bool value) => new(value);
    public static bool operator ==(SwitchParameter first, SwitchParameter second) => first.IsPresent == second.IsPresent;
    public static bool operator !=(SwitchParameter first, SwitchParameter second) => first.IsPresent != second.IsPresent;
    public static bool operator ==(SwitchParameter first, bool second) => first.IsPresent == second;
    public static bool operator !=(SwitchParameter first, bool second) => first.IsPresent != second;
    public static bool operator ==(bool first, SwitchParameter second) => first == second.IsPresent;
    public static bool operator !=(bool first, SwitchParameter second) => first != second.IsPresent;
}

/// <summary>A name and a secret.</summary>
public sealed class PSCredential(string userName, SecureString password) {
    public string UserName { get; } = string.IsNullOrEmpty(userName) ? throw new PSArgumentException("The user name is empty.", nameof(userName)) : userName;
    public SecureString Password { get; } = password ?? throw new PSArgumentException("The password is null.", nameof(password));
    public NetworkCredential GetNetworkCredential() => new(UserName, Password);
    public static explicit operator NetworkCredential(PSCredential credential) => credential.GetNetworkCredential();
}

/// <summary>How far an activity has come.</summary>
public class ProgressRecord(int activityId, string activity, string statusDescription) {
    public int ActivityId { get; } = activityId;
    public string Activity { get; set; } = activity;
    public string StatusDescription { get; set; } = statusDescription;
    public string? CurrentOperation { get; set; }
    public int ParentActivityId { get; set; } = -1;
    public int PercentComplete { get; set; } = -1;
    public int SecondsRemaining { get; set; } = -1;
    public ProgressRecordType RecordType { get; set; }
    public override string ToString() => $"{ActivityId} {Activity}: {StatusDescription} {PercentComplete} {RecordType}";
}

/// <summary>A record of the information stream.</summary>
public class InformationRecord(object messageData, string source) {
    public object MessageData { get; } = messageData;
    public string Source { get; set; } = source;
    public List<string> Tags { get; } = [];
    public DateTime TimeGenerated { get; set; } = DateTime.Now;
    public string User { get; set; } = Environment.UserName;
    public string Computer { get; set; } = Environment.MachineName;
    public uint ProcessId { get; set; } = (uint)Environment.ProcessId;
    public uint ManagedThreadId { get; set; } = (uint)Environment.CurrentManagedThreadId;
    public override string ToString() => MessageData?.ToString() ?? "";
}

/// <summary>One answer of a completer.</summary>

public class CompletionResult(string completionText, string listItemText, CompletionResultType resultType, string toolTip) {
    public CompletionResult(string completionText) : this(completionText, completionText, CompletionResultType.Text, completionText) { }
    public string CompletionText { get; } = completionText;
    public string ListItemText { get; } = listItemText;
    public CompletionResultType ResultType { get; } = resultType;
    public string ToolTip { get; } = toolTip;
}

/// <summary>Completes an argument.</summary>
public interface IArgumentCompleter {
    IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete,
        Language.CommandAst? commandAst, Collections.IDictionary fakeBoundParameters);
}

/// <summary>Runs when a module is loaded.</summary>
public interface IModuleAssemblyInitializer {
    void OnImport();
}

/// <summary>Runs when a module is removed.</summary>
public interface IModuleAssemblyCleanup {
    void OnRemove(PSModuleInfo psModuleInfo);
}
