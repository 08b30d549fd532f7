// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql.Ownership;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>Writes privileges and owners over one connection.</summary>
internal sealed class PrivilegeChanges(SqlContext context) : IPrivilegeChanges
{
    // SQLSTATEs of warnings: privilege_not_granted and privilege_not_revoked.
    private static readonly string[] NothingDone = ["01007", "01006"];

    /// <inheritdoc/>
    public async Task<ChangeOutcome<PgPrivilege>?> GrantAsync(
        IReadOnlyList<PrivilegeRequest> requests, IChangeApproval approval, CancellationToken cancellation)
    {
        ChangeOutcome<PgPrivilege>? outcome = await WatchAsync(
            () => context.ChangeAsync("Grant privileges", new GrantPrivileges(requests, context), approval, cancellation));
        if (outcome is not null && requests.Any(LeavesFutureOut))
        {
            context.Reporter.Warning(
                "Objects that are made later are not included: name the roles that make them with -Owner, and for -All give -Default too.");
        }

        return outcome;
    }

    /// <inheritdoc/>
    public Task<ChangeOutcome<PgPrivilege>?> RevokeAsync(
        IReadOnlyList<PrivilegeRequest> requests, IChangeApproval approval, CancellationToken cancellation) =>
        WatchAsync(() => context.ChangeAsync("Revoke privileges", new RevokePrivileges(requests, context), approval, cancellation));

    /// <inheritdoc/>
    public Task<ChangeOutcome<PgObjectOwner>?> SetOwnerAsync(
        IReadOnlyList<OwnerRequest> requests, IChangeApproval approval, CancellationToken cancellation) =>
        context.ChangeAsync("Set owners", new ChangeOwner(requests, context), approval, cancellation);

    private static bool LeavesFutureOut(PrivilegeRequest request) =>
        request.Preset is null ? request is { Objects.All: true, Default: false } : request.Owner.Count == 0;

    /// <summary>
    ///   Does the work, and takes for an error what the server only warns about: a grant that did nothing. The inspection foresees it; what
    ///   is left is another session's taking rights away in between.
    /// </summary>
    private async Task<T> WatchAsync<T>(Func<Task<T>> work)
    {
        string? refusal = null;
        NoticeEventHandler watch = (_, notice) =>
        {
            if (NothingDone.Contains(notice.Notice.SqlState))
            {
                refusal = notice.Notice.MessageText;
            }
        };
        context.Connection.Notice += watch;
        try
        {
            T result = await work();
            return refusal is null ? result : throw PgErrors.PrivilegeRefusedByServer(context.Target.ToString(), refusal.TrimEnd('.'));
        }
        finally
        {
            context.Connection.Notice -= watch;
        }
    }
}
