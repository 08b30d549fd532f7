// SPDX-License-Identifier: MIT

using System.Management.Automation;

namespace PgCloud.Pipeline;

/// <summary>
///   The base of every cmdlet that speaks to a provider for each record that is piped in: several records are worked on at once, and what
///   each writes comes out as soon as it is there.
/// </summary>
public abstract class ThrottledCmdlet : CloudCmdlet
{
    /// <summary>
    ///   How many records that are piped in are worked on at once. What they write comes in the order in which they end; with 1, in theirs.
    ///   Changes of one instance are made one after another.
    /// </summary>
    /// <value>16</value>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 16;

    /// <inheritdoc/>
    private protected override int Parallelism => MyInvocation.ExpectingInput ? ThrottleLimit : 1;
}
