// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ovh.Errors;

/// <summary>An error in the shape of the database routes: <c>class</c> and <c>message</c>.</summary>
internal sealed class ApiException(int status, string errorClass, string message) : Exception(message)
{
    internal int Status => status;

    internal string ErrorClass => errorClass;

    /// <summary>Further facts, such as the IAM actions that are lacking.</summary>
    internal Dictionary<string, string>? Details { get; init; }
}

/// <summary>An error in the gateway's own shape: <c>errorCode</c>, <c>httpCode</c> and <c>message</c>.</summary>
internal sealed class GatewayException(int status, string errorCode, string message) : Exception(message)
{
    internal int Status => status;

    internal string ErrorCode => errorCode;
}
