// SPDX-License-Identifier: MIT
namespace System.Management.Automation;

/// <summary>Root of what the engine throws.</summary>
public class RuntimeException : SystemException, IContainsErrorRecord {
    private ErrorRecord? _record;

    public RuntimeException() { }
    public RuntimeException(string message) : this(message, null) { }
    public RuntimeException(string message, Exception? innerException) : this(message, innerException, null) { }
    public RuntimeException(string message, Exception? innerException, ErrorRecord? errorRecord) : base(message, innerException) => _record = errorRecord;
    internal RuntimeException(string message, string id, ErrorCategory category, object? target, Exception? inner = null) : base(message, inner) =>
        (ErrorId, _record) = (id, new ErrorRecord(this, id, category, target));

    public virtual ErrorRecord ErrorRecord => _record ??= new ErrorRecord(this, ErrorId, ErrorCategory.NotSpecified, null);
    public bool WasThrownFromThrowStatement { get; set; }
    private protected string ErrorId { get; } = nameof(RuntimeException);
}

/// <summary>The pipeline was stopped.</summary>
public class PipelineStoppedException : RuntimeException {
    public PipelineStoppedException() : this("The pipeline has been stopped.") { }
    public PipelineStoppedException(string message) : this(message, null) { }
    public PipelineStoppedException(string message, Exception? innerException) : base(message, "PipelineStopped", ErrorCategory.OperationStopped, null, innerException) { }
}

/// <summary>A preference of Stop met a record.</summary>
public class ActionPreferenceStopException : RuntimeException {
    public ActionPreferenceStopException() { }
    public ActionPreferenceStopException(string message) : base(message, "ActionPreferenceStop", ErrorCategory.OperationStopped, null) { }
    public ActionPreferenceStopException(string message, Exception? innerException) : base(message, innerException) { }
    internal ActionPreferenceStopException(string message, ErrorRecord cause) : base(message, null, cause) { }
}

/// <summary>There is no such command.</summary>
public class CommandNotFoundException : RuntimeException {
    public CommandNotFoundException() { }
    public CommandNotFoundException(string message) : base(message) { }
    public CommandNotFoundException(string message, Exception? innerException) : base(message, innerException) { }
    internal CommandNotFoundException(string message, string name) : base(message, "CommandNotFoundException", ErrorCategory.ObjectNotFound, name) => CommandName = name;
    public string CommandName { get; set; } = "";
}

/// <summary>An argument could not be bound.</summary>
public class ParameterBindingException : RuntimeException {
    public ParameterBindingException() { }
    public ParameterBindingException(string message) : base(message) { }
    public ParameterBindingException(string message, Exception? innerException) : base(message, innerException) { }

    internal ParameterBindingException(string id, string message, string? parameter, Type? type = null, ErrorCategory category = ErrorCategory.InvalidArgument,
        Exception? inner = null) : base(message, id, category, null, inner) => (ParameterName, ParameterType) = (parameter, type);

    public new string ErrorId => base.ErrorId;
    public string? ParameterName { get; }
    public Type? ParameterType { get; }
    public Type? TypeSpecified => null;
    public long Line => 0;
    public long Offset => 0;
    public InvocationInfo? CommandInvocation => ErrorRecord.InvocationInfo;
}

/// <summary>A transformation refused the argument.</summary>
internal sealed class ParameterBindingArgumentTransformationException(string id, string message, string? parameter, Type? type, Exception inner)
    : ParameterBindingException(id, message, parameter, type, ErrorCategory.InvalidData, inner);

/// <summary>A validation refused the argument.</summary>
internal sealed class ParameterBindingValidationException(string id, string message, string? parameter, Type? type, Exception? inner)
    : ParameterBindingException(id, message, parameter, type, ErrorCategory.InvalidData, inner);

/// <summary>Metadata of a parameter refused an argument.</summary>
public class MetadataException : RuntimeException {
    public MetadataException() { }
    public MetadataException(string message) : base(message) { }
    public MetadataException(string message, Exception? innerException) : base(message, innerException) { }
}

/// <summary>A validation attribute refused an argument.</summary>
public class ValidationMetadataException : MetadataException {
    public ValidationMetadataException() { }
    public ValidationMetadataException(string message) : base(message) { }
    public ValidationMetadataException(string message, Exception? innerException) : base(message, innerException) { }
}

/// <summary>A transformation attribute refused an argument.</summary>
public class ArgumentTransformationMetadataException : MetadataException {
    public ArgumentTransformationMetadataException() { }
    public ArgumentTransformationMetadataException(string message) : base(message) { }
    public ArgumentTransformationMetadataException(string message, Exception? innerException) : base(message, innerException) { }
}

/// <summary>What a warning variable holds.</summary>
public class WarningRecord(string message) {
    public string Message { get; } = message;
    public override string ToString() => Message;
}

/// <summary>A value could not be converted.</summary>
public class PSInvalidCastException : InvalidCastException, IContainsErrorRecord {
    public PSInvalidCastException() { }
    public PSInvalidCastException(string message) : base(message) { }
    public PSInvalidCastException(string message, Exception? innerException) : base(message, innerException) { }
    public ErrorRecord ErrorRecord => new(this, "PSInvalidCastException", ErrorCategory.InvalidArgument, null);
}

/// <summary>An argument is not right.</summary>
public class PSArgumentException : ArgumentException, IContainsErrorRecord {
    public PSArgumentException() { }
    public PSArgumentException(string message) : base(message) { }
    public PSArgumentException(string message, string? paramName) : base(message, paramName) { }
    public PSArgumentException(string message, Exception? innerException) : base(message, innerException) { }
    public ErrorRecord ErrorRecord => new(this, "Argument", ErrorCategory.InvalidArgument, null);
}

/// <summary>An operation is not right now.</summary>
public class PSInvalidOperationException : InvalidOperationException, IContainsErrorRecord {
    public PSInvalidOperationException() { }
    public PSInvalidOperationException(string message) : base(message) { }
    public PSInvalidOperationException(string message, Exception? innerException) : base(message, innerException) { }
    public ErrorRecord ErrorRecord => new(this, "InvalidOperation", ErrorCategory.InvalidOperation, null);
}

/// <summary>A downstream command has what it needs: the commands before it end.</summary>
internal sealed class StopUpstreamException : Exception;
