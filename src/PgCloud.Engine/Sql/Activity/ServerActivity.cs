// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Activity;

/// <summary>What the sessions of the server do, over one connection.</summary>
internal sealed class ServerActivity(SqlContext context) : IActivity
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<PgActivity>> GetAsync(bool includeOwn, bool includeBackground, CancellationToken cancellation) =>
        context.ReportAsync<IReadOnlyList<PgActivity>>(
            "Read activity",
            async () => [.. BlockingTree.Arrange(await ActivityReader.ReadAsync(context.Connection, null, cancellation))
                .Where(session => (includeOwn || !session.IsOwn) && (includeBackground || !IsBackground(session) || session.Blocking.Count > 0))],
            cancellation);

    /// <inheritdoc/>
    public Task<PgActivity?> StopAsync(StopRequest request, IChangeApproval approval, CancellationToken cancellation) =>
        context.ReportAsync(
            $"{(request.Terminate ? "Terminate" : "Cancel")} backend {request.ProcessId}",
            () => new StopBackend(request, context).RunAsync(approval, cancellation),
            cancellation);

    // Where the kind is hidden, whoever has a user is taken for a client.
    private static bool IsBackground(PgActivity session) => session.BackendType is { } type ? type != "client backend" : session.User is null;
}
