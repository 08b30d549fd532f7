// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

/// <summary>
///   What kind of failure an error is. The cmdlet layer maps each kind to one fixed <c>ErrorCategory</c>; the engine, which knows no
///   PowerShell, uses these words.
/// </summary>
public enum PgErrorKind
{
    /// <summary>A failure nobody foresaw.</summary>
    Unexpected,

    /// <summary>The value of a parameter is not allowed.</summary>
    InvalidArgument,

    /// <summary>The object is in a state in which this cannot be done.</summary>
    InvalidState,

    /// <summary>The named object does not exist.</summary>
    NotFound,

    /// <summary>An object of this name exists already and is not what was asked for.</summary>
    Exists,

    /// <summary>The caller is known but may not do this.</summary>
    PermissionDenied,

    /// <summary>The caller's credential was refused or is missing.</summary>
    Authentication,

    /// <summary>The server or service cannot answer now; the same call may succeed later.</summary>
    Unavailable,

    /// <summary>No network connection could be made.</summary>
    Connection,

    /// <summary>A certificate or another proof of identity did not hold.</summary>
    Security,

    /// <summary>It took longer than was allowed.</summary>
    Timeout,

    /// <summary>The provider or the server's version does not offer this.</summary>
    NotSupported,

    /// <summary>The server refused a statement for what it says.</summary>
    InvalidOperation,

    /// <summary>A file or directory could not be read or written.</summary>
    File,

    /// <summary>Something that must be installed on this machine is not.</summary>
    NotInstalled,
}
