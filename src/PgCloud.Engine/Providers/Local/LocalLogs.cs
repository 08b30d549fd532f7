// SPDX-License-Identifier: MIT

using System.Runtime.CompilerServices;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Local;

/// <summary>Reads the log files of the servers on this machine.</summary>
internal sealed class LocalLogs(string stateDirectory) : ILogs
{
    // A message is written in one go, of which a look may see the beginning only.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(20);
    private const int SettleLooks = 25;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgLogEntry>> GetAsync(
        PgInstance instance, LogFilter filter, IReporter reporter, CancellationToken cancellation)
    {
        ServerLog log = LogOf(instance);
        return Task.FromResult(Guard(instance, () => log.Read(filter, log.Length)));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<PgLogEntry>> FollowAsync(
        PgInstance instance, LogFilter filter, IReporter reporter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ServerLog log = LogOf(instance);
        long position = await SettledLengthAsync(log, 0, cancellation);
        position = Guard(instance, () => log.EndOfLine(0, position));
        yield return Guard(instance, () => log.Read(filter, position));
        while (true)
        {
            await Task.Delay(Pause, cancellation);
            if (log.Length < position)
            {
                // Somebody emptied the file, or put another in its place.
                position = 0;
            }

            long end = await SettledLengthAsync(log, position, cancellation);
            if (Guard(instance, () => log.EndOfLine(position, end)) is var whole && whole > position)
            {
                yield return Guard(instance, () => filter.SelectAll(log.Between(position, whole)));
                position = whole;
            }
        }
    }

    private ServerLog LogOf(PgInstance instance) => new(new InstanceDirectory(stateDirectory, instance.Name), instance);

    private static async Task<long> SettledLengthAsync(ServerLog log, long known, CancellationToken cancellation)
    {
        long length = log.Length;
        for (int look = 0; length > known && look < SettleLooks; look++)
        {
            await Task.Delay(Settle, cancellation);
            if (log.Length == length)
            {
                break;
            }

            length = log.Length;
        }

        return length;
    }

    private T Guard<T>(PgInstance instance, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw PgErrors.LogUnreadable(instance.Name, new InstanceDirectory(stateDirectory, instance.Name).Log, exception);
        }
    }
}
