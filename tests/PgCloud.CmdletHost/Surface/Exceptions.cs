// SPDX-License-Identifier: MIT
namespace System.Management.Automation;
/// <summary>Root of what the engine throws.</summary>
public partial class RuntimeException : SystemException, IContainsErrorRecord {
    private ErrorRecord? _record;
    public RuntimeException(string message, Exception? innerException, ErrorRecord? errorRecord) : base(message, innerException) => _record = errorRecord;
    internal RuntimeException(string message, string id, ErrorCategory category, object? target, Exception? inner = null) : base(message, inner) =>
        _record = new ErrorRecord(this, id, category, target);
    public virtual ErrorRecord ErrorRecord => _record ??= new ErrorRecord(this, nameof(RuntimeException), ErrorCategory.NotSpecified, null);
}
/// <summary>A preference of Stop met a record.</summary>
public partial class ActionPreferenceStopException : RuntimeException {
    public ActionPreferenceStopException(string message) : base(message, "ActionPreferenceStop", ErrorCategory.OperationStopped, null) { }
}
/// <summary>There is no such command.</summary>
public partial class CommandNotFoundException : RuntimeException {
    internal CommandNotFoundException(string message, string name) : base(message, "CommandNotFoundException", ErrorCategory.ObjectNotFound, name) => CommandName = name;
}
/// <summary>A pattern is none.</summary>
public partial class WildcardPatternException : RuntimeException {
    public WildcardPatternException(string message) : base(message) { }
}
/// <summary>There is no such provider, drive or item.</summary>
public partial class SessionStateException : RuntimeException {
    internal SessionStateException(string message, string id, string item) : base(message, id, ErrorCategory.ObjectNotFound, item) { }
}
/// <summary>There is no such item.</summary>
public partial class ItemNotFoundException : SessionStateException {
    internal ItemNotFoundException(string path) : base($"Cannot find path '{path}' because it does not exist.", "PathNotFound", path) { }
}
/// <summary>An argument could not be bound.</summary>
public partial class ParameterBindingException : RuntimeException {
    internal ParameterBindingException(string id, string message, string? parameter, Type? type = null, ErrorCategory category = ErrorCategory.InvalidArgument,
        Exception? inner = null) : base(message, id, category, null, inner) => (ErrorId, ParameterName, ParameterType) = (id, parameter, type);
}
/// <summary>A transformation refused the argument.</summary>
internal sealed class ParameterBindingArgumentTransformationException(string id, string message, ParameterSpec parameter, Exception inner)
    : ParameterBindingException(id, message, parameter.Name, parameter.Type, ErrorCategory.InvalidData, inner);
/// <summary>A validation refused the argument.</summary>
internal sealed class ParameterBindingValidationException(string id, string message, ParameterSpec parameter, Exception? inner = null)
    : ParameterBindingException(id, message, parameter.Name, parameter.Type, ErrorCategory.InvalidData, inner);
/// <summary>A value could not be converted.</summary>
public partial class PSInvalidCastException : InvalidCastException {
    public virtual ErrorRecord ErrorRecord => new(this, "PSInvalidCastException", ErrorCategory.InvalidArgument, null);
}
/// <summary>An argument is not right.</summary>
public partial class PSArgumentException : ArgumentException {
    public virtual ErrorRecord ErrorRecord => new(this, "Argument", ErrorCategory.InvalidArgument, null);
}
/// <summary>An operation is not right now.</summary>
public partial class PSInvalidOperationException : InvalidOperationException {
    public virtual ErrorRecord ErrorRecord => new(this, "InvalidOperation", ErrorCategory.InvalidOperation, null);
}
/// <summary>A downstream command has what it needs: the commands before it end.</summary>
internal sealed class StopUpstreamException : Exception;
