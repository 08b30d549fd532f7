// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>How far this machine's clock is behind the server's, in seconds.</summary>
internal sealed record OvhDrift(long Seconds)
{
    /// <summary>The server's time now, in Unix seconds.</summary>
    internal long ServerTime => DateTimeOffset.UtcNow.ToUnixTimeSeconds() + Seconds;
}

/// <summary>The server's time, which signatures are made with. The server is asked once, when it is first needed.</summary>
/// <param name="askServer">Reads the server's clock, in Unix seconds.</param>
internal sealed class OvhClock(Func<IReporter, CancellationToken, Task<long>> askServer) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private OvhDrift? _drift;

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    internal async Task<OvhDrift> DriftAsync(IReporter reporter, CancellationToken cancellation)
    {
        if (Volatile.Read(ref _drift) is { } known)
        {
            return known;
        }

        await _gate.WaitAsync(cancellation);
        try
        {
            if (Volatile.Read(ref _drift) is { } meanwhile)
            {
                return meanwhile;
            }

            long server = await askServer(reporter, cancellation);
            var drift = new OvhDrift(server - DateTimeOffset.UtcNow.ToUnixTimeSeconds());
            Volatile.Write(ref _drift, drift);
            return drift;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Forgets that drift, unless it has been replaced already: of calls that failed together, one asks again.</summary>
    internal void Forget(OvhDrift drift) => Interlocked.CompareExchange(ref _drift, null, drift);
}
