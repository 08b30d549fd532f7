// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Runtime.CompilerServices;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql;

/// <summary>A session over one Npgsql connection.</summary>
public sealed class NpgsqlSqlSession : ISqlSession
{
    private readonly SqlLink _link;
    private readonly SqlTarget _target;
    private readonly IReporter _reporter;

    private NpgsqlSqlSession(SqlLink link, SqlTarget target, IReporter reporter)
    {
        _link = link;
        _target = target;
        _reporter = reporter;
        ServerVersion = link.Connection.PostgreSqlVersion;
    }

    /// <inheritdoc/>
    public Version ServerVersion { get; }

    /// <summary>Opens a session.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Connection.*</c>.</exception>
    public static async Task<NpgsqlSqlSession> OpenAsync(SqlTarget target, IReporter reporter, CancellationToken cancellation) =>
        new(await SqlLink.OpenAsync(target, cancellation), target, reporter);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgRole>> GetRolesAsync(IReadOnlyCollection<string>? names, CancellationToken cancellation) =>
        ReportAsync<IReadOnlyList<PgRole>>("Read roles", async () =>
        {
            foreach (string name in names ?? [])
            {
                PgNames.CheckIdentifier(name);
            }

            await using var batch = new NpgsqlBatch(_link.Connection) { Timeout = 0 };
            batch.BatchCommands.Add(RoleReader.Query(names));
            await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellation);
            return await RoleReader.ReadAsync(reader, PgChange.None, cancellation);
        }, cancellation);

    /// <inheritdoc/>
    public Task<PgRole> EnsureRoleAsync(RoleRequest request, CancellationToken cancellation) =>
        ReportAsync(
            $"Ensure role {PgNames.Quote(request.Name)}",
            () => new EnsureRole(request).RunAsync(_link.Connection, cancellation),
            cancellation);

    /// <inheritdoc/>
    public Task<PgRole> DropRoleAsync(string name, CancellationToken cancellation) =>
        ReportAsync(
            $"Drop role {PgNames.Quote(name)}",
            () => new DropRole(name, _target).RunAsync(_link.Connection, cancellation),
            cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgRoleMember>> GrantRolesAsync(
        IReadOnlyList<string> roles, IReadOnlyList<string> members, CancellationToken cancellation) =>
        ReportAsync(
            "Grant roles",
            () => new GrantRoles(roles, members, _target, ServerVersion).RunAsync(_link.Connection, cancellation),
            cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgRoleMember>> RevokeRolesAsync(
        IReadOnlyList<string> roles, IReadOnlyList<string> members, CancellationToken cancellation) =>
        ReportAsync(
            "Revoke roles",
            () => new RevokeRoles(roles, members, _target, ServerVersion).RunAsync(_link.Connection, cancellation),
            cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<SqlRowBatch> QueryAsync(SqlQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        await _link.ReopenAsync(cancellation);
        await using var run = new QueryRun(_link.Connection, query, _target);
        while (await run.NextAsync(cancellation) is { } batch)
        {
            yield return batch;
        }

        _reporter.Step("Query", Stopwatch.GetElapsedTime(begun));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _link.DisposeAsync();

    /// <summary>Does the work, says how long it took, and turns every failure into an error with an id.</summary>
    private async Task<T> ReportAsync<T>(string what, Func<Task<T>> work, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        try
        {
            await _link.ReopenAsync(cancellation);
            T result = await work();
            _reporter.Step(what, Stopwatch.GetElapsedTime(begun));
            return result;
        }
        catch (Exception exception) when (exception is not PgCloudException && !SqlErrors.IsCancellation(exception, cancellation))
        {
            throw SqlErrors.InSession(exception, _target);
        }
    }
}
