// SPDX-License-Identifier: MIT

using System.Diagnostics;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Local;

/// <summary>
///   Keeps two processes from changing one instance at once. The operating system lets go of it when its holder dies, however it dies, so
///   that a creation that was broken off is not taken for one under way.
/// </summary>
internal sealed class InstanceLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FileStream _stream;

    private InstanceLock(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock if it is free; <see langword="null"/> if it is not.</summary>
    internal static InstanceLock? TryTake(InstanceDirectory directory)
    {
        try
        {
            return new InstanceLock(new FileStream(directory.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    /// <summary>Takes the lock, waiting for another holder to finish.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Instance.Busy</c>, <c>PgCloud.Instance.NotFound</c>.</exception>
    internal static async Task<InstanceLock> TakeAsync(InstanceDirectory directory, CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < Patience)
        {
            if (!File.Exists(directory.Record))
            {
                throw PgErrors.InstanceNotFound(directory.Name);
            }

            if (TryTake(directory) is { } taken)
            {
                if (File.Exists(directory.Record))
                {
                    return taken;
                }

                // The instance was removed while we waited; the lock file we hold came into being after that.
                taken.Dispose();
                throw PgErrors.InstanceNotFound(directory.Name);
            }

            await Task.Delay(20, cancellation);
        }

        throw PgErrors.InstanceBusy(directory.Name);
    }

    /// <summary>Whether somebody holds the lock. Looking is shared: two who look do not take each other for a holder.</summary>
    internal static bool IsHeld(InstanceDirectory directory)
    {
        try
        {
            using var look = new FileStream(directory.Lock, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
