// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Queries;

/// <summary>What the sessions of an instance do, and stopping it.</summary>
internal sealed class OvhCurrentQueries(OvhProject project) : ICurrentQueries
{
    private const string Path = "/currentQueries";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgCurrentQuery>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Read the current queries of {instance.Name}");
        IReadOnlyList<OvhCurrentQuery> all = await project.Client.ReadAsync(
            project.PathOf(instance, Path), (OvhCurrentQueryPage page) => page.Queries, query => query.Pid, reporter, cancellation);
        return [.. all.Select(query => query.ToQuery(instance))];
    }

    /// <summary>
    ///   The API stops whatever the process does by then. So what it does is read directly before, and a query or session that is not the
    ///   one that was meant is left alone.
    /// </summary>
    public async Task<PgCurrentQuery> StopAsync(
        PgInstance instance, StopQueryRequest request, IReporter reporter, CancellationToken cancellation)
    {
        PgCurrentQuery? query = await FindAsync(instance, request, reporter, cancellation);
        if (Obstacle(query, request) is { } obstacle)
        {
            return Unchanged(query ?? new PgCurrentQuery { ProcessId = request.ProcessId, Instance = instance }, obstacle, reporter);
        }

        StopQueryRequest seen = request with { ConnectedAt = query!.ConnectedAt, QueryStartedAt = query.QueryStartedAt };
        if (!await TrySendAsync(instance, seen, reporter, cancellation))
        {
            PgCurrentQuery? still = await FindAsync(instance, seen, reporter, cancellation);
            return Obstacle(still, seen) is null
                ? throw PgErrors.QueryNotStopped(query, instance.Name)
                : Unchanged(query, "It ended by itself just before it was to be stopped.", reporter);
        }

        query.Change = request.Terminate ? PgChange.Removed : PgChange.Updated;
        return query;
    }

    /// <summary>Why there is nothing to stop; <see langword="null"/> where there is.</summary>
    private static string? Obstacle(PgCurrentQuery? query, StopQueryRequest request) => query switch
    {
        null => $"There is no session with process id {request.ProcessId}, or no longer.",
        _ when Differs(request.ConnectedAt, query.ConnectedAt) =>
            $"The session has ended; another one has the process id {request.ProcessId} now, and was left alone.",
        _ when request.Terminate => null,
        _ when Differs(request.QueryStartedAt, query.QueryStartedAt) =>
            "The query has ended; the session began another one since, which was left alone. -Terminate ends the session.",

        // A cancellation that comes when the session is idle would hit the next query.
        { State: "idle" } => "The query has ended and the session is idle: there is nothing to cancel. -Terminate ends the session.",
        _ when query.State.StartsWith("idle in transaction", StringComparison.Ordinal) =>
            $"The session is {query.State}: there is no query to cancel, and its locks stay. -Terminate ends the session.",
        _ => null,
    };

    private static bool Differs(DateTimeOffset? wanted, DateTimeOffset? found) => wanted is not null && found is not null && wanted != found;

    private static PgCurrentQuery Unchanged(PgCurrentQuery query, string why, IReporter reporter)
    {
        query.Change = PgChange.Unchanged;
        query.ChangeDetail = why;
        reporter.Step($"Process {query.ProcessId}: {why}", TimeSpan.Zero);
        return query;
    }

    private async Task<PgCurrentQuery?> FindAsync(
        PgInstance instance, StopQueryRequest request, IReporter reporter, CancellationToken cancellation) =>
        (await GetAsync(instance, reporter, cancellation)).FirstOrDefault(query => query.ProcessId == request.ProcessId);

    /// <summary>Stops it. Where the answer is lost, a look says whether it was stopped; where it was not, it is stopped once more.</summary>
    private async Task<bool> TrySendAsync(
        PgInstance instance, StopQueryRequest request, IReporter reporter, CancellationToken cancellation)
    {
        try
        {
            return await SendAsync(instance, request, reporter, cancellation);
        }
        catch (PgCloudException exception) when (exception.ErrorId == OvhErrorIds.OutcomeUnknown)
        {
            (_, bool isStopped) = await project.WaitAsync(
                () => FindAsync(instance, request, reporter, cancellation),
                query => Obstacle(query, request) is not null,
                project.Pace.First * 2,
                cancellation);
            return isStopped || await SendAsync(instance, request, reporter, cancellation);
        }
    }

    private async Task<bool> SendAsync(
        PgInstance instance, StopQueryRequest request, IReporter reporter, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"{(request.Terminate ? "Terminate" : "Cancel")} process {request.ProcessId} of {instance.Name}");
        var body = new JObject { ["pid"] = request.ProcessId, ["terminate"] = request.Terminate };
        return (await project.Client.PostAsync<OvhCancellation>(
            project.PathOf(instance, Path + "/cancel"), body, reporter, cancellation)).Success;
    }
}
