// SPDX-License-Identifier: MIT

using System.Security;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Local;

/// <summary>PostgreSQL servers on this machine. All state is in the state directory and in the servers: nothing is kept in memory.</summary>
internal sealed class LocalProvider(string stateDirectory) : ICloudProvider
{
    /// <inheritdoc/>
    public PgProviderName Name => PgProviderName.Local;

    /// <inheritdoc/>
    public string Account => stateDirectory;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgInstance>> GetInstancesAsync(IReporter reporter, CancellationToken cancellation)
    {
        IEnumerable<InstanceDirectory> directories = Directory.EnumerateDirectories(stateDirectory)
            .Select(d => At(Path.GetFileName(d)))
            .Where(d => File.Exists(d.Record))
            .OrderBy(d => d.Name, StringComparer.Ordinal);
        return await Task.WhenAll(directories.Select(d => InstanceReader.ReadAsync(d, cancellation)));
    }

    /// <inheritdoc/>
    public async Task<PgInstance?> FindInstanceAsync(string nameOrId, IReporter reporter, CancellationToken cancellation)
    {
        InstanceDirectory? found = null;
        if (Guid.TryParse(nameOrId, out Guid id))
        {
            found = Directory.EnumerateDirectories(stateDirectory)
                .Select(d => At(Path.GetFileName(d)))
                .FirstOrDefault(d => InstanceRecord.Read(d.Record)?.Id == id);
        }

        InstanceRequest.CheckName(nameOrId);
        found ??= At(nameOrId);
        return File.Exists(found.Record) ? await InstanceReader.ReadAsync(found, cancellation) : null;
    }

    /// <inheritdoc/>
    public async Task<PgInstance> CreateInstanceAsync(NewInstanceRequest request, IReporter reporter, CancellationToken cancellation)
    {
        InstanceRequest.Check(request);
        InstanceDirectory directory = At(request.Name);
        ThrowIfTaken(directory);
        PostgresInstallation installation = await InstallationFinder.FindAsync(request.BinaryPath, request.Version, cancellation);
        try
        {
            Directory.CreateDirectory(directory.Root);
            using InstanceLock held = InstanceLock.TryTake(directory)
                ?? throw PgErrors.InstanceExists(request.Name, ": another process is making or changing it");
            ThrowIfTaken(directory);
            await new InstanceCreation(directory, request, reporter).RunAsync(installation, cancellation);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw PgErrors.DirectoryNotWritable(directory.Root, exception.Message, exception);
        }
        catch (IOException exception)
        {
            throw IsDiskFull(exception)
                ? PgErrors.DiskFull(directory.Root, exception)
                : PgErrors.DirectoryNotWritable(directory.Root, exception.Message, exception);
        }

        return await InstanceReader.ReadAsync(directory, cancellation);
    }

    /// <inheritdoc/>
    public Task<PgInstance> StartInstanceAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        ChangeAsync(instance, cancellation: cancellation, change: async (directory, record, present) =>
        {
            if (present.Status is not (PgInstanceStatus.Stopped or PgInstanceStatus.Ready or PgInstanceStatus.Starting))
            {
                throw PgErrors.InstanceNotReady(present);
            }

            if (present.Status == PgInstanceStatus.Stopped)
            {
                await new ServerControl(directory, record, reporter).StartAsync(cancellation);
            }
        });

    /// <inheritdoc/>
    public Task<PgInstance> StopInstanceAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        ChangeAsync(instance, cancellation: cancellation, change: (directory, record, _) =>
            new ServerControl(directory, record, reporter).StopAsync(cancellation));

    /// <inheritdoc/>
    public async Task<PgInstance> RemoveInstanceAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        InstanceDirectory directory = At(instance.Name);
        using InstanceLock held = await InstanceLock.TakeAsync(directory, cancellation);
        if (InstanceRecord.Read(directory.Record) is { } record)
        {
            await new ServerControl(directory, record, reporter).StopAsync(cancellation);
        }
        else if (ServerProcess.FindRunning(directory.Data) is not null)
        {
            throw PgErrors.InstanceRecordUnreadable(directory.Name, directory.Record, directory.Data);
        }

        using var step = new StepTimer(reporter, $"Delete {directory.Root}");
        await DeleteAsync(directory, cancellation);
        return instance.Became(PgInstanceStatus.Removed);
    }

    /// <inheritdoc/>
    public Task<PgInstance> SetLockAsync(PgInstance instance, bool isLocked, IReporter reporter, CancellationToken cancellation) =>
        throw PgErrors.NotSupported(Name, "a lock of an instance", "Remove-PgInstance asks before it removes one, unless -Confirm:$false is given.");

    /// <inheritdoc/>
    public IReclaimedInstances Reclaimed => throw PgErrors.NotSupported(
        Name, "removed instances that can be had back", "What is removed is gone at once: keep a pg_dump of what may be wanted again.");

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgAuthorisedIp>> GetAuthorisedIpsAsync(
        PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        Task.FromResult(new LocalAccess(At(instance.Name), instance, reporter).Get());

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgAuthorisedIp>> AddAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, IReporter reporter, CancellationToken cancellation)
    {
        using InstanceLock held = await InstanceLock.TakeAsync(At(instance.Name), cancellation);
        return await new LocalAccess(At(instance.Name), instance, reporter).AddAsync(ranges, cancellation);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgAuthorisedIp>> RemoveAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<string> ranges, IReporter reporter, CancellationToken cancellation)
    {
        using InstanceLock held = await InstanceLock.TakeAsync(At(instance.Name), cancellation);
        return await new LocalAccess(At(instance.Name), instance, reporter).RemoveAsync(ranges, cancellation);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgAuthorisedIp>> SetAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, IReporter reporter, CancellationToken cancellation)
    {
        using InstanceLock held = await InstanceLock.TakeAsync(At(instance.Name), cancellation);
        return await new LocalAccess(At(instance.Name), instance, reporter).SetAsync(ranges, cancellation);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgCloudUser>> GetUsersAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        await using LocalUsers users = await UsersAsync(instance, cancellation);
        return await users.GetAsync(cancellation);
    }

    /// <inheritdoc/>
    public async Task<UserWithPassword> CreateUserAsync(
        PgInstance instance, NewUserRequest request, IReporter reporter, CancellationToken cancellation)
    {
        LocalUsers.Check(request);
        await using LocalUsers users = await UsersAsync(instance, cancellation);
        using var step = new StepTimer(reporter, $"Make the {request.Kind} user {request.Name}");
        return await users.CreateAsync(request, cancellation);
    }

    /// <inheritdoc/>
    public async Task<UserWithPassword> ResetPasswordAsync(
        PgInstance instance, string userName, SecureString? password, IReporter reporter, CancellationToken cancellation)
    {
        await using LocalUsers users = await UsersAsync(instance, cancellation);
        using var step = new StepTimer(reporter, $"Set a new password for {userName}");
        return await users.ResetPasswordAsync(userName, password, cancellation);
    }

    /// <inheritdoc/>
    public async Task<PgCloudUser> RemoveUserAsync(
        PgInstance instance, string userName, IReporter reporter, CancellationToken cancellation)
    {
        await using LocalUsers users = await UsersAsync(instance, cancellation);
        using var step = new StepTimer(reporter, $"Remove the user {userName}");
        return await users.RemoveAsync(userName, cancellation);
    }

    /// <inheritdoc/>
    public ILogs Logs => new LocalLogs(stateDirectory);

    private InstanceDirectory At(string name) => new(stateDirectory, name);

    private async Task<LocalUsers> UsersAsync(PgInstance instance, CancellationToken cancellation)
    {
        if (instance.Status != PgInstanceStatus.Ready)
        {
            throw PgErrors.InstanceNotReady(instance);
        }

        InstanceDirectory directory = At(instance.Name);
        InstanceRecord record = InstanceRecord.Read(directory.Record) ?? throw PgErrors.InstanceNotFound(instance.Name);
        return new LocalUsers(instance, await SuperuserSession.OpenAsync(directory, record, cancellation));
    }

    private async Task<PgInstance> ChangeAsync(
        PgInstance instance,
        Func<InstanceDirectory, InstanceRecord, PgInstance, Task> change,
        CancellationToken cancellation)
    {
        InstanceDirectory directory = At(instance.Name);
        using InstanceLock held = await InstanceLock.TakeAsync(directory, cancellation);
        PgInstance present = await InstanceReader.ReadAsync(directory, isHeldByUs: true, cancellation);
        InstanceRecord record = InstanceRecord.Read(directory.Record) ?? throw PgErrors.InstanceNotReady(present);
        await change(directory, record, present);
        return await InstanceReader.ReadAsync(directory, isHeldByUs: true, cancellation);
    }

    private static void ThrowIfTaken(InstanceDirectory directory)
    {
        if (File.Exists(directory.Record))
        {
            throw PgErrors.InstanceExists(directory.Name, string.Empty);
        }

        if (Directory.Exists(directory.Root) && !directory.IsOurs)
        {
            throw PgErrors.DirectoryNotOurs(directory.Root, "it has files but no instance.json");
        }
    }

    private static async Task DeleteAsync(InstanceDirectory directory, CancellationToken cancellation)
    {
        // The record goes last: if the deletion is broken off, what is left is still shown, as Failed, and can be removed.
        foreach (string entry in Directory.EnumerateDirectories(directory.Root))
        {
            await DeleteAsync(entry, cancellation);
        }

        File.Delete(directory.Record);
        await DeleteAsync(directory.Root, cancellation);
    }

    // An initdb whose shell was killed goes on for a moment, writing or tidying up in what is being removed.
    private static async Task DeleteAsync(string path, CancellationToken cancellation)
    {
        const int Tries = 100;
        for (int attempt = 1; Directory.Exists(path); attempt++)
        {
            try
            {
                Directory.Delete(path, recursive: true);
                return;
            }
            catch (IOException) when (attempt < Tries)
            {
                await Task.Delay(50, cancellation);
            }
        }
    }

    // ENOSPC, and its counterpart on Windows.
    private static bool IsDiskFull(IOException exception) => (exception.HResult & 0xFFFF) is 28 or 112;
}
