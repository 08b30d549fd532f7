// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ibm.Api;

/// <summary>An error, which gets the shape of the service that was called. Not every error has a code.</summary>
internal sealed class IbmException(int status, string? code, string message) : Exception(message)
{
    internal int Status => status;

    internal string? Code => code;

    /// <summary>The resource controller's <c>details</c>.</summary>
    internal string? Details { get; init; }

    /// <summary>What of the call is at fault, as context-based restrictions tell it: <c>type</c>, <c>name</c> and <c>value</c>.</summary>
    internal (string Type, string Name, string? Value)? Target { get; init; }
}
