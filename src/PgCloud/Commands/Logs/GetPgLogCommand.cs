// SPDX-License-Identifier: MIT

using System.Management.Automation;
using System.Text.RegularExpressions;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Logs;

/// <summary>Reads the log of an instance's server, and follows it.</summary>
/// <remarks>
///   Entries come oldest first; a message of several lines is one entry. OVHcloud keeps the last 1000 entries, with times in whole seconds;
///   for more, have them sent to a stream: New-PgLogSubscription. Provider Local reads the server's log file, and takes the time that each
///   entry begins with (%m or %t in log_line_prefix) by the server's log_timezone. All filters are applied here. While an instance of OVHcloud
///   is being made, the cmdlet waits until it has a log.
/// </remarks>
/// <example>
///   <code>Get-PgLog orders -Last 20</code>
///   <para>Reads the last 20 entries.</para>
/// </example>
/// <example>
///   <code>Get-PgLog orders -Since (Get-Date).AddHours(-1) -Pattern 'password authentication failed'</code>
///   <para>Reads the failed logins of the last hour.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance prod-* | Get-PgLog -Last 0 -Follow | Where-Object Severity -in ERROR, FATAL, PANIC</code>
///   <para>Shows the errors of several servers as they come, until Ctrl+C.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgLog")]
[OutputType(typeof(PgLogEntry))]
public sealed class GetPgLogCommand : InstanceCmdlet
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<PgInstance> _followed = new();
    private LogFilter _filter = new();

    /// <summary>Only entries of this time or later. A time without an offset is local.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only entries of this time or earlier. A time without an offset is local.</summary>
    [Parameter]
    public DateTimeOffset? Until { get; set; }

    /// <summary>Only the last entries, as many as this, of those that the other filters leave. Without it and without -Since 1000; with -Since
    /// all.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Last { get; set; }

    /// <summary>Only entries whose message matches one of these regular expressions; case does not matter.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string[] Pattern { get; set; } = [];

    /// <summary>Goes on with the entries that come, each once, until Ctrl+C or Select-Object -First ends it; of several instances all at once.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <inheritdoc/>
    private protected override Task BeginAsync(CancellationToken cancellation)
    {
        if (Follow && Until is not null)
        {
            throw new TerminatingException(PgErrors.ParametersExclude(nameof(Follow), nameof(Until)));
        }

        if (Since is { } since && Until is { } until && since > until)
        {
            throw new TerminatingException(PgErrors.LogRangeInvalid(since, until));
        }

        Regex[] patterns = [.. Pattern.Select(Compile)];
        _filter = new LogFilter
        {
            Since = Since,
            Until = Until,
            Last = Last,
            IncludesMessage = patterns.Length == 0 ? null : message => Array.Exists(patterns, p => p.IsMatch(message)),
        };
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        if (Follow)
        {
            _followed.Enqueue(instance);
        }
        else
        {
            await WriteAllAsync(await SessionFor(instance).Cloud.Logs.GetAsync(instance, _filter, Reporter, cancellation));
        }
    }

    /// <inheritdoc/>
    private protected override Task EndAsync(CancellationToken cancellation) =>
        Task.WhenAll(_followed.DistinctBy(i => i.Id).Select(instance => ForEachAsync(instance, async () =>
        {
            await foreach (IReadOnlyList<PgLogEntry> entries in
                SessionFor(instance).Cloud.Logs.FollowAsync(instance, _filter, Reporter, cancellation))
            {
                await WriteAllAsync(entries);
            }
        })));

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException exception)
        {
            throw new TerminatingException(PgErrors.LogPatternInvalid(pattern, exception));
        }
    }
}
