// SPDX-License-Identifier: MIT

using System.Management.Automation;

namespace PgCloud.Pipeline;

/// <summary>
///   The base of every cmdlet that takes connections from the pipeline: several are worked on at once, and what each writes comes out as soon
///   as it is there.
/// </summary>
public abstract class ConnectionCmdlet : AsyncCmdlet
{
    /// <summary>
    ///   On how many connections that are piped in the cmdlet works at once. What they write comes in the order in which they end; with 1, in
    ///   theirs. Records for one connection are worked on one after another.
    /// </summary>
    /// <value>16</value>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>Whether -Connection was given by name, so that what is piped in is something else.</summary>
    private protected bool IsConnectionGiven { get; private set; }

    // With one connection for all records there is nothing to do at once.
    private protected override int Parallelism => MyInvocation.ExpectingInput && !IsConnectionGiven ? ThrottleLimit : 1;

    /// <inheritdoc/>
    private protected override void OnPipelineThreadBegin() => IsConnectionGiven = MyInvocation.BoundParameters.ContainsKey("Connection");
}
