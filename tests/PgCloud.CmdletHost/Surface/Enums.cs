// SPDX-License-Identifier: MIT
namespace System.Management.Automation;

/// <summary>What went wrong, in PowerShell's words.</summary>
public enum ErrorCategory {
    NotSpecified, OpenError, CloseError, DeviceError, DeadlockDetected, InvalidArgument, InvalidData, InvalidOperation, InvalidResult,
    InvalidType, MetadataError, NotImplemented, NotInstalled, ObjectNotFound, OperationStopped, OperationTimeout, SyntaxError, ParserError,
    PermissionDenied, ResourceBusy, ResourceExists, ResourceUnavailable, ReadError, WriteError, FromStdErr, SecurityError, ProtocolError,
    ConnectionError, AuthenticationError, LimitsExceeded, QuotaExceeded, NotEnabled,
}

/// <summary>What to do with a record of a stream.</summary>
public enum ActionPreference { SilentlyContinue, Stop, Continue, Inquire, Ignore, Suspend, Break }

/// <summary>How much an action matters.</summary>
public enum ConfirmImpact { None, Low, Medium, High }

/// <summary>Why ShouldProcess said no.</summary>
[Flags]
public enum ShouldProcessReason { None = 0, WhatIf = 1 }

/// <summary>Whether an activity goes on.</summary>
public enum ProgressRecordType { Processing, Completed }

/// <summary>How a pattern is matched.</summary>
[Flags]
public enum WildcardOptions { None = 0, Compiled = 1, IgnoreCase = 2, CultureInvariant = 4 }

/// <summary>Where a command came from.</summary>
public enum CommandOrigin { Runspace, Internal }

/// <summary>Whether a command works remotely.</summary>
public enum RemotingCapability { None, PowerShell, SupportedByCommand, OwnedByCommand }

/// <summary>What a completion stands for.</summary>
public enum CompletionResultType {
    Text, History, Command, ProviderItem, ProviderContainer, Property, Method, ParameterName, ParameterValue, Variable, Namespace, Type,
    Keyword, DynamicKeyword,
}

/// <summary>The kinds of commands.</summary>
[Flags]
public enum CommandTypes {
    Alias = 1, Function = 2, Filter = 4, Cmdlet = 8, ExternalScript = 16, Application = 32, Script = 64, Workflow = 128, Configuration = 256,
    All = 511,
}

/// <summary>The kinds of members.</summary>
[Flags]
public enum PSMemberTypes {
    AliasProperty = 1, CodeProperty = 2, Property = 4, NoteProperty = 8, ScriptProperty = 16, Properties = 31, PropertySet = 32, Method = 64,
    CodeMethod = 128, ScriptMethod = 256, Methods = 448, ParameterizedProperty = 512, MemberSet = 1024, Event = 2048, Dynamic = 4096, All = 8191,
}
