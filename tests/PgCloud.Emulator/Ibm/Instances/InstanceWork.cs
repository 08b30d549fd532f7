// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Keys;
using PgCloud.Emulator.Ibm.Restrictions;
using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ibm.Instances;

/// <summary>What goes on behind an instance's state.</summary>
internal sealed class InstanceWork(Background background, EmulatorClock clock, ServerFactory factory, AllowList allowList)
{
    internal EmulatorClock Clock => clock;

    internal ServerFactory Factory => factory;

    /// <summary>
    ///   Does the work of an operation that was set already, which takes at least as long as at IBM Cloud on the emulator's clock. What fails
    ///   leaves the state "failed" where the instance was being made, and standard error says why.
    /// </summary>
    internal void Begin(Instance instance, TimeSpan duration, Func<CancellationToken, Task> work, Action then)
    {
        LastOperation operation = instance.LastOperation;
        background.Run(async cancellation =>
        {
            try
            {
                await Task.WhenAll(work(cancellation), Task.Delay(clock.Scale(duration), cancellation));
                lock (instance.Sync)
                {
                    // It may have been cancelled or removed meanwhile.
                    if (instance.LastOperation.Type == operation.Type && instance.IsBusy)
                    {
                        then();
                    }
                }
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync($"{instance.Guid} {operation.Type}: {exception}");
                lock (instance.Sync)
                {
                    Fail(instance, operation.Type, exception.Message);
                }
            }
        });
    }

    /// <summary>Runs when the time has come.</summary>
    internal void Later(TimeSpan duration, Func<CancellationToken, Task> work) => background.Run(async cancellation =>
    {
        await Task.Delay(clock.Scale(duration), cancellation);
        await work(cancellation);
    });

    internal static void Fail(Instance instance, string operation, string reason)
    {
        instance.State = instance.State == "provisioning" ? "failed" : instance.State;
        instance.SetOperation(operation, LastOperation.Failed, reason);
    }

    /// <summary>Has the server let in whom the rules let in. One that is stopped learns of it when it starts.</summary>
    internal Task AuthoriseAsync(Instance instance, CancellationToken cancellation) => instance.EnqueueAsync(() =>
        instance is { Server: { } server, State: not ("pending_reclamation" or "removed") }
            ? server.AuthoriseAsync(() => allowList.Of(instance), cancellation)
            : Task.CompletedTask);

    /// <summary>Stops the server, without the users of keys.</summary>
    internal void Suspend(Instance instance, IReadOnlyList<string> users)
    {
        Task suspended = instance.EnqueueAsync(async () =>
        {
            if (instance.Server is { } server)
            {
                foreach (string user in users)
                {
                    await IbmServer.DropUserAsync(server, user, CancellationToken.None);
                }

                await server.StopAsync(CancellationToken.None);
            }
        });
        background.Run(_ => suspended);
    }

    /// <summary>Starts the server again.</summary>
    internal Task ResumeAsync(Instance instance, CancellationToken cancellation) => instance.EnqueueAsync(async () =>
    {
        if (instance.Server is { } server)
        {
            await server.StartAsync(cancellation);
            await server.AuthoriseAsync(() => allowList.Of(instance), cancellation);
        }
    });

    internal void RemoveServer(Instance instance)
    {
        Task removed = instance.EnqueueAsync(async () =>
        {
            if (instance.Server is { } server)
            {
                instance.Server = null;
                await factory.RemoveAsync(server, CancellationToken.None);
            }
        });
        background.Run(_ => removed);
    }
}
