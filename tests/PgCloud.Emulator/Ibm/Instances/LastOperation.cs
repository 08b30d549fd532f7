// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ibm.Instances;

/// <summary>What was done last to an instance.</summary>
internal sealed record LastOperation(string Type, string State, string Description, bool IsAsync = true)
{
    internal const string InProgress = "in progress";

    internal const string Succeeded = "succeeded";

    internal const string Failed = "failed";

    internal object View() => new { type = Type, state = State, async = IsAsync, description = Description, cancelable = IsAsync, poll = IsAsync };
}
