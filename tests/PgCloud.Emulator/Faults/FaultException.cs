// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Faults;

/// <summary>An error that a test asked for; each service gives it the shape of its own errors.</summary>
internal sealed class FaultException(int status, string message) : Exception(message)
{
    internal int Status => status;
}
