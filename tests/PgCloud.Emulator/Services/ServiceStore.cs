// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using System.Runtime.Versioning;
using PgCloud.Emulator.Errors;
using PgCloud.Emulator.Hosting;

namespace PgCloud.Emulator.Services;

/// <summary>The services of all projects, and the directory in which their servers live.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ServiceStore(EmulatorOptions options, EmulatorClock clock) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, Service> _all = new();
    private readonly Lazy<string> _directory = new(MakeDirectory);

    /// <summary>Those of a project, as they were made.</summary>
    internal IEnumerable<Service> Of(string project) => _all.Values.Where(s => s.ProjectId == project && !s.IsGone).OrderBy(s => s.CreatedAt);

    internal Service Find(string project, Guid id) =>
        _all.TryGetValue(id, out Service? service) && service.ProjectId == project && !service.IsGone ? service : throw ApiErrors.ServiceNotFound(id);

    /// <summary>Takes a service up. Its server is started meanwhile.</summary>
    internal void Add(Service service, bool hasServer)
    {
        if (Of(service.ProjectId).Count() >= options.Quota && hasServer)
        {
            throw ApiErrors.QuotaReached(options.Quota);
        }

        service.Users.Add(new User("avnadmin", ["replication"], DateTimeOffset.MinValue));
        if (hasServer)
        {
            service.Busy = ("CREATING", clock.After(Service.CreateTime));
            service.Server = StartAsync(service);
        }

        _all[service.Id] = service;
    }

    /// <summary>Begins to remove a service; its server ends at once.</summary>
    internal void Remove(Service service)
    {
        service.Busy = ("DELETING", clock.After(Service.RemoveTime));
        if (service.Server is { } server)
        {
            service.Server = null;
            _ = StopAsync(server);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_all.Values.Select(s => s.Server).OfType<Task<DatabaseServer>>().Select(StopAsync));
        if (_directory.IsValueCreated)
        {
            Directory.Delete(_directory.Value, recursive: true);
        }
    }

    private static async Task StopAsync(Task<DatabaseServer> server)
    {
        try
        {
            await (await server).StopAsync();
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync($"A server did not end: {exception.Message}");
        }
    }

    private async Task<DatabaseServer> StartAsync(Service service)
    {
        try
        {
            DatabaseServer server = await Task.Run(() => DatabaseServer.StartAsync(_directory.Value, service.Id, options.BinaryPath));
            await server.LetInAsync(service.Addresses.Select(a => a.Ip));
            return server;
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync($"The server of {service.Id} did not start: {exception.Message}");
            service.ForcedStatus = "ERROR";
            throw;
        }
    }

    // The servers run under another account, which must be able to enter it.
    private static string MakeDirectory()
    {
        string path = Directory.CreateTempSubdirectory("pgcloud-emulator-").FullName;
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return path;
    }
}
