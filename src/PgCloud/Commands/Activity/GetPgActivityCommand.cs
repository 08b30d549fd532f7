// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Activity;

/// <summary>Shows the sessions of a server, what they do and who blocks whom.</summary>
/// <remarks>
///   <para>
///     All databases' sessions are shown; with a database that is piped in, its own. Sessions that block others come first, each followed by
///     those that wait for it: BlockedBy, Blocking, RootBlocker and BlockingDepth say who waits for whom. The cmdlet's own session and the
///     server's own processes are left out, but for one that blocks a session.
///   </para>
///   <para>
///     What other roles' sessions do is shown to members of pg_read_all_stats, which pg_monitor brings; to others IsHidden is true and what
///     is kept back is $null. A manager user has it; for another: Grant-PgRole pg_monitor.
///   </para>
/// </remarks>
/// <example>
///   <code>$ops | Get-PgActivity -State active -MinDurationSec 60</code>
///   <para>Shows queries that have been running for more than a minute.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgActivity -Blocked -Blocking</code>
///   <para>Shows who waits for a lock and who blocks them: each chain from its beginning.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgActivity -Blocking | Where-Object BlockingDepth -eq 0 | Stop-PgBackend -Terminate -Confirm</code>
///   <para>Ends, after asking, the sessions at the beginning of the chains.</para>
/// </example>
/// <example>
///   <code>$ops | Get-PgDatabase orders | Get-PgActivity -State 'idle in*'</code>
///   <para>Shows who sits in an open transaction in one database.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgActivity")]
[OutputType(typeof(PgActivity))]
public sealed class GetPgActivityCommand : SqlCmdlet
{
    /// <summary>Only sessions of these databases; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DatabaseNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Database { get; set; }

    /// <summary>Only sessions of these users; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [Alias("UserName")]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? User { get; set; }

    /// <summary>Only sessions of these applications; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [Alias("ApplicationName")]
    [ValidateNotNullOrEmpty]
    public string[]? Application { get; set; }

    /// <summary>Only sessions in these states, such as active, idle or 'idle in transaction'; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? State { get; set; }

    /// <summary>Only the sessions of these processes.</summary>
    [Parameter]
    [Alias("Pid")]
    [ValidateNotNullOrEmpty]
    public int[]? ProcessId { get; set; }

    /// <summary>Only sessions whose query has been running, or who have been idle, for so many seconds at least.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MinDurationSec { get; set; }

    /// <summary>Only sessions that wait for another's lock; with -Blocking those that block others too.</summary>
    [Parameter]
    public SwitchParameter Blocked { get; set; }

    /// <summary>Only sessions that block others; with -Blocked those that wait too.</summary>
    [Parameter]
    public SwitchParameter Blocking { get; set; }

    /// <summary>The cmdlet's own session too.</summary>
    [Parameter]
    public SwitchParameter IncludeOwn { get; set; }

    /// <summary>The server's own processes too: autovacuum workers, walsenders and the like.</summary>
    [Parameter]
    public SwitchParameter IncludeBackground { get; set; }

    /// <summary>A database that is piped in is looked at from where it was read, so as not to add a session to it.</summary>
    private protected override PgConnection SessionConnection => Connection.Origin ?? Connection;

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        string[]? databases = Database ?? (Connection.Origin is null ? null : [WildcardPattern.Escape(Connection.Database)]);
        ISqlSession session = await SessionAsync(cancellation);
        IReadOnlyList<PgActivity> all = await session.Activity.GetAsync(IncludeOwn, IncludeBackground, cancellation);
        NameTest database = NameTest.Of(databases, StringComparison.Ordinal);
        NameTest user = NameTest.Of(User, StringComparison.Ordinal);
        NameTest application = NameTest.Of(Application, StringComparison.OrdinalIgnoreCase);
        NameTest state = NameTest.Of(State, StringComparison.OrdinalIgnoreCase);
        foreach (PgActivity activity in all.Where(a => database.Includes(a.Database) && user.Includes(a.User)
            && application.Includes(a.Application) && state.Includes(a.State) && IsAskedFor(a)))
        {
            activity.Connection = SessionConnection;
            await WriteAsync(activity);
        }
    }

    private bool IsAskedFor(PgActivity activity) =>
        (ProcessId is null || ProcessId.Contains(activity.ProcessId))
        && (MinDurationSec == 0 || activity.Duration?.TotalSeconds >= MinDurationSec)
        && ((!Blocked && !Blocking) || (Blocked && activity.BlockedBy.Count > 0) || (Blocking && activity.Blocking.Count > 0));

    /// <summary>A filter that lets everything through where none was given.</summary>
    private readonly record struct NameTest(NameFilter? Filter)
    {
        internal static NameTest Of(string[]? names, StringComparison comparison) => new(names is null ? null : new NameFilter(names, comparison));

        internal bool Includes(string? name) => Filter is null || (name is not null && Filter.Includes(name));
    }
}
