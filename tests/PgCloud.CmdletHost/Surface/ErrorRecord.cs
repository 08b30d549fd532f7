// SPDX-License-Identifier: MIT
using System.Globalization;

namespace System.Management.Automation;

/// <summary>An error as PowerShell tells it: an exception with id, category and target.</summary>
public class ErrorRecord {
    private readonly string _id;
    private string? _commandType;

    public ErrorRecord(Exception exception, string errorId, ErrorCategory errorCategory, object? targetObject) {
        ArgumentNullException.ThrowIfNull(exception);
        (Exception, _id, TargetObject) = (exception, errorId ?? "", targetObject);
        CategoryInfo = new ErrorCategoryInfo(this, errorCategory);
    }

    public ErrorRecord(ErrorRecord errorRecord, Exception? replaceParentContainsErrorRecordException)
        : this(replaceParentContainsErrorRecordException ?? errorRecord.Exception, errorRecord._id, errorRecord.CategoryInfo.Category, errorRecord.TargetObject) {
        (ErrorDetails, InvocationInfo, _commandType) = (errorRecord.ErrorDetails, errorRecord.InvocationInfo, errorRecord._commandType);
        CategoryInfo.Activity = errorRecord.CategoryInfo.Activity;
    }

    public Exception Exception { get; }
    public object? TargetObject { get; internal set; }
    public ErrorCategoryInfo CategoryInfo { get; }
    public ErrorDetails? ErrorDetails { get; set; }
    public InvocationInfo? InvocationInfo { get; private set; }
    public string? ScriptStackTrace => null;
    public string FullyQualifiedErrorId => _commandType is null ? _id : _id.Length == 0 ? _commandType : _id + "," + _commandType;
    public override string ToString() => ErrorDetails?.Message is { Length: > 0 } message ? message : Exception.Message;

    /// <summary>Says which cmdlet the error is of: its class completes the id, its name is the activity.</summary>
    internal ErrorRecord From(InvocationInfo? invocation) {
        if (invocation is not null) {
            InvocationInfo = invocation;
            _commandType = (invocation.MyCommand as CmdletInfo)?.ImplementingType.FullName;
            CategoryInfo.Activity = CategoryInfo.Activity.Length > 0 ? CategoryInfo.Activity : invocation.MyCommand.Name;
        }

        return this;
    }

    /// <summary>The record an exception carries, or one made of it.</summary>
    internal static ErrorRecord Of(Exception exception) => exception is IContainsErrorRecord { ErrorRecord: { } carried }
        ? carried
        : new ErrorRecord(exception, exception.GetType().FullName!, ErrorCategory.NotSpecified, null);
}

/// <summary>An error's category and what it hit.</summary>
public class ErrorCategoryInfo {
    private readonly ErrorRecord _record;
    private string? _reason, _name, _type;

    internal ErrorCategoryInfo(ErrorRecord record, ErrorCategory category) => (_record, Category) = (record, category);

    public ErrorCategory Category { get; }
    public string Activity { get; set; } = "";
    public string Reason { get => _reason ?? _record.Exception.GetType().Name; set => _reason = value; }
    public string TargetName { get => _name ?? PSObject.Base(_record.TargetObject)?.ToString() ?? ""; set => _name = value; }
    public string TargetType { get => _type ?? PSObject.Base(_record.TargetObject)?.GetType().Name ?? ""; set => _type = value; }
    public string GetMessage() => $"{Category}: ({TargetName}:{TargetType}) [{Activity}], {Reason}";
    public string GetMessage(CultureInfo uiCultureInfo) => GetMessage();
    public override string ToString() => GetMessage();
}

/// <summary>A better message, and what to do.</summary>
public class ErrorDetails(string message) {
    public string Message { get; } = message;
    public string RecommendedAction { get; set; } = "";
    public override string ToString() => Message;
}

/// <summary>An exception that has its error record with it.</summary>
public interface IContainsErrorRecord {
    ErrorRecord ErrorRecord { get; }
}
