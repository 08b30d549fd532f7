// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Globalization;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql.Connections;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql;

/// <summary>What every part of a session works with: the connection, and the one way to do work on it.</summary>
internal sealed class SqlContext(SqlLink link, SqlTarget target, IReporter reporter) : IAsyncDisposable
{
    /// <summary>The connection; open again where a failure had closed it, from <see cref="ReopenAsync"/> on.</summary>
    internal NpgsqlConnection Connection => link.Connection;

    /// <summary>What it leads to.</summary>
    internal SqlTarget Target { get; } = target;

    /// <summary>Where to say what is done.</summary>
    internal IReporter Reporter { get; } = reporter;

    /// <summary>The server's version.</summary>
    internal Version ServerVersion { get; } = link.Connection.PostgreSqlVersion;

    /// <summary>How often a password is hashed for its verifier; the server says so from 16 on, where it can be set.</summary>
    internal int ScramIterations { get; } =
        link.Connection.PostgresParameters.TryGetValue("scram_iterations", out string? text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int iterations)
            ? iterations
            : ScramVerifier.Iterations;

    /// <summary>Opens again after a failure that closed the connection.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Connection.*</c>.</exception>
    internal ValueTask ReopenAsync(CancellationToken cancellation) => link.ReopenAsync(cancellation);

    /// <summary>Opens another connection of the same user, to another database of the same server.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Connection.*</c>.</exception>
    internal async Task<SqlContext> OpenOtherAsync(string database, CancellationToken cancellation)
    {
        SqlTarget other = Target with { Database = database };
        return new SqlContext(await SqlLink.OpenAsync(other, cancellation), other, Reporter);
    }

    /// <summary>Inspects, asks and writes; <see langword="null"/> where the approval was refused.</summary>
    internal Task<T?> ChangeAsync<T>(string what, CatalogChange<T> change, IChangeApproval approval, CancellationToken cancellation)
        where T : class =>
        ReportAsync(what, () => change.RunAsync(this, approval, cancellation), cancellation);

    /// <summary>Does the work, says how long it took, and turns every failure into an error with an id.</summary>
    internal async Task<T> ReportAsync<T>(string what, Func<Task<T>> work, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        T result = await GuardAsync(
            async () =>
            {
                await ReopenAsync(cancellation);
                return await work();
            },
            cancellation);
        Reporter.Step(what, Stopwatch.GetElapsedTime(begun));
        return result;
    }

    /// <summary>Does the work, and turns every failure into an error with an id.</summary>
    internal async Task<T> GuardAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is not PgCloudException && !SqlErrors.IsCancellation(exception, cancellation))
        {
            throw SqlErrors.InSession(exception, Target);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => link.DisposeAsync();
}
