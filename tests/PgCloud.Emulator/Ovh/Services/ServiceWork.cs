// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>What goes on behind a service's status.</summary>
internal sealed class ServiceWork(Background background, EmulatorClock clock, EmulatorOptions options, ServerFactory factory, ServiceList services)
{
    internal EmulatorClock Clock => clock;

    internal TimeSpan IpChange => options.IpChange;

    /// <summary>Whether a service gets a server.</summary>
    internal bool HasServers => options.Servers;

    internal ServerFactory Factory => factory;

    /// <summary>
    ///   Does the work of a status that was set already, takes at least as long as OVHcloud on the emulator's clock, and ends in READY. What
    ///   fails ends in ERROR, and standard error says why.
    /// </summary>
    internal void Begin(Service service, TimeSpan duration, Func<CancellationToken, Task> work, Action? then = null)
    {
        string status = service.Status;
        background.Run(async cancellation =>
        {
            try
            {
                await Task.WhenAll(work(cancellation), Task.Delay(clock.Scale(duration), cancellation));
                lock (service.Sync)
                {
                    then?.Invoke();
                    // A test may have set another meanwhile.
                    service.Status = service.Status == status ? "READY" : service.Status;
                }
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync($"{service.Id} {status}: {exception}");
                service.Status = "ERROR";
            }
        });
    }

    /// <summary>Has the server let in who is authorised.</summary>
    internal static async Task AuthoriseAsync(Service service, CancellationToken cancellation)
    {
        await (service.Server?.AuthoriseAsync(() => service.LetIn, cancellation) ?? Task.CompletedTask);
        await (service.ReplicaGate?.AuthoriseAsync(cancellation) ?? Task.CompletedTask);
    }

    /// <summary>Deletes a service whose status is DELETING already.</summary>
    internal void Delete(Service service) => background.Run(async cancellation =>
    {
        Task server = RemoveServersAsync(service);
        service.PoolGate?.Dispose();
        await Task.WhenAll(server, Task.Delay(clock.Scale(Durations.ServiceDeletion), cancellation));
        services.Remove(service);
    });

    private async Task RemoveServersAsync(Service service)
    {
        await (service.ReplicaGate?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (service.Server is { } found ? factory.RemoveAsync(found, CancellationToken.None) : Task.CompletedTask);
    }
}
