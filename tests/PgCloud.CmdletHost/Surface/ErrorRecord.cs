// SPDX-License-Identifier: MIT
namespace System.Management.Automation;
/// <summary>An error as PowerShell tells it: an exception with id, category and target.</summary>
public partial class ErrorRecord {
    private readonly string _id;
    private string? _commandType;
    public ErrorRecord(Exception exception, string errorId, ErrorCategory errorCategory, object? targetObject) {
        ArgumentNullException.ThrowIfNull(exception);
        (Exception, _id, TargetObject) = (exception, errorId ?? "", targetObject);
        (string name, string type) = (PSObject.Base(targetObject)?.ToString() ?? "", PSObject.Base(targetObject)?.GetType().Name ?? "");
        CategoryInfo = new ErrorCategoryInfo { Category = errorCategory, Activity = "", Reason = exception.GetType().Name, TargetName = name, TargetType = type };
    }
    public ErrorRecord(ErrorRecord errorRecord, Exception? replaceParentContainsErrorRecordException)
        : this(replaceParentContainsErrorRecordException ?? errorRecord.Exception, errorRecord._id, errorRecord.CategoryInfo.Category, errorRecord.TargetObject) {
        (ErrorDetails, InvocationInfo, _commandType) = (errorRecord.ErrorDetails, errorRecord.InvocationInfo, errorRecord._commandType);
        CategoryInfo.Activity = errorRecord.CategoryInfo.Activity;
    }
    public ErrorDetails? ErrorDetails { get; set; }
    public InvocationInfo? InvocationInfo { get; private set; }
    public object? TargetObject { get; }
    public string FullyQualifiedErrorId => _commandType is null ? _id : _id.Length == 0 ? _commandType : _id + "," + _commandType;
    public override string ToString() => ErrorDetails?.Message is { Length: > 0 } message ? message : Exception.Message;
    /// <summary>Says which cmdlet the error is of: its class completes the id, its name is the activity.</summary>
    internal ErrorRecord From(InvocationInfo invocation) {
        (InvocationInfo, _commandType) = (invocation, (invocation.MyCommand as CmdletInfo)?.ImplementingType.FullName);
        if (CategoryInfo.Activity.Length == 0) CategoryInfo.Activity = invocation.MyCommand.Name;
        return this;
    }
    /// <summary>The record an exception carries, or one made of it.</summary>
    internal static ErrorRecord Of(Exception exception) => exception is IContainsErrorRecord { ErrorRecord: { } carried }
        ? carried : new ErrorRecord(exception, exception.GetType().FullName!, ErrorCategory.NotSpecified, null);
}
/// <summary>An error's category and what it hit.</summary>
public partial class ErrorCategoryInfo {
    public string GetMessage() => $"{Category}: ({TargetName}:{TargetType}) [{Activity}], {Reason}";
    public override string ToString() => GetMessage();
}
/// <summary>A better message, and what to do.</summary>
public partial class ErrorDetails {
    public override string ToString() => Message;
}
