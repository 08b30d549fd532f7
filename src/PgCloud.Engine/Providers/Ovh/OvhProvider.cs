// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using System.Security;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Backups;
using PgCloud.Engine.Providers.Ovh.Configuration;
using PgCloud.Engine.Providers.Ovh.Databases;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Engine.Providers.Ovh.Integrations;
using PgCloud.Engine.Providers.Ovh.Logs;
using PgCloud.Engine.Providers.Ovh.Maintenance;
using PgCloud.Engine.Providers.Ovh.Metrics;
using PgCloud.Engine.Providers.Ovh.Network;
using PgCloud.Engine.Providers.Ovh.Nodes;
using PgCloud.Engine.Providers.Ovh.Pools;
using PgCloud.Engine.Providers.Ovh.Queries;
using PgCloud.Engine.Providers.Ovh.Users;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh;

/// <summary>OVHcloud Public Cloud Databases for PostgreSQL, in one project.</summary>
internal sealed class OvhProvider(OvhProject project) : ICloudProvider
{
    private readonly OvhInstances _instances = new(project);
    private readonly OvhPatience _patience = new(project, new OvhInstances(project));
    private readonly AdminAccess _admins = new();
    private readonly ConcurrentDictionary<string, string> _certificates = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public PgProviderName Name => PgProviderName.Ovh;

    /// <inheritdoc/>
    public string Account => project.ToString();

    /// <inheritdoc/>
    public PollPace Pace => project.Pace;

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgCloudProject>> GetProjectsAsync(IReporter reporter, CancellationToken cancellation) =>
        OvhConnector.GetProjectsAsync(project.Client, reporter, cancellation);

    /// <inheritdoc/>
    public ICloudDatabases Databases => new OvhDatabases(project, _patience);

    /// <inheritdoc/>
    public IConnectionPools ConnectionPools => new OvhPools(project, _patience);

    /// <inheritdoc/>
    public IBackups Backups => new OvhBackupList(project);

    /// <inheritdoc/>
    public IMaintenances Maintenances => new OvhMaintenances(project, _patience);

    /// <inheritdoc/>
    public INodes Nodes => new OvhNodes(project);

    /// <inheritdoc/>
    public IInstanceConfiguration Configuration => new OvhAdvancedConfiguration(project, _patience);

    /// <inheritdoc/>
    public ICurrentQueries CurrentQueries => new OvhCurrentQueries(project);

    /// <inheritdoc/>
    public IQueryStatistics QueryStatistics => new OvhQueryStatistics(project, _patience);

    /// <inheritdoc/>
    public IIntegrations Integrations => new OvhIntegrations(project, _patience);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgInstance>> GetInstancesAsync(IReporter reporter, CancellationToken cancellation) =>
        [.. (await _instances.GetAsync(reporter, cancellation)).Select(WithKnownCertificate)];

    /// <inheritdoc/>
    public async Task<PgInstance?> FindInstanceAsync(string nameOrId, IReporter reporter, CancellationToken cancellation) =>
        await _instances.FindAsync(nameOrId, reporter, cancellation) is { } instance ? WithKnownCertificate(instance) : null;

    /// <inheritdoc/>
    public async Task<PgInstance> CreateInstanceAsync(NewInstanceRequest request, IReporter reporter, CancellationToken cancellation)
    {
        PgInstance made = await new OvhCreation(project, _instances, _patience, reporter).RunAsync(request, cancellation);
        if (made.Change != PgChange.Unchanged)
        {
            _admins.MadeHere(made);
        }

        return made;
    }

    /// <inheritdoc/>
    public async Task<PgInstance> SetInstanceAsync(
        PgInstance instance, InstanceChangeRequest request, IReporter reporter, CancellationToken cancellation)
    {
        bool isChanged = await new OvhUpdate(project, _instances, _patience, instance, reporter).RunAsync(request, cancellation);
        PgInstance present = OvhInstances.ToInstance(await _instances.ReadAsync(instance, reporter, cancellation));
        present.Change = isChanged ? PgChange.Updated : PgChange.Unchanged;
        return WithKnownCertificate(present);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgOffering>> GetOfferingsAsync(IReporter reporter, CancellationToken cancellation) =>
        OvhAvailability.ReadAsync(project, reporter, cancellation);

    /// <inheritdoc/>
    public async Task<string> GetCaCertificateAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        if (!_certificates.TryGetValue(instance.Id, out string? pem))
        {
            CertificateRecord record = await project.Client.GetAsync<CertificateRecord>(
                project.PathOf(instance, "/certificates"), reporter, cancellation);
            pem = record.Ca ?? string.Empty;
            if (pem.Length > 0)
            {
                _certificates[instance.Id] = pem;
            }
        }

        return pem;
    }

    /// <inheritdoc/>
    public Task<PgInstance> StartInstanceAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        throw PgErrors.NotSupported(Name, "starting an instance", "The cloud's control panel wakes a shelved instance up.");

    /// <inheritdoc/>
    public Task<PgInstance> StopInstanceAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        throw PgErrors.NotSupported(
            Name, "stopping an instance", "Remove-PgAuthorisedIp keeps everybody out; Remove-PgInstance ends it and its costs.");

    /// <inheritdoc/>
    public async Task<PgInstance> RemoveInstanceAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Remove the instance {instance.Name}");
        await _patience.RunAsync(instance, () => DeleteAsync(instance, reporter, cancellation), reporter, cancellation);
        _certificates.TryRemove(instance.Id, out _);
        return instance.Became(PgInstanceStatus.Removing);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgAuthorisedIp>> GetAuthorisedIpsAsync(
        PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        Access(instance, reporter).GetAsync(cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgAuthorisedIp>> AddAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, IReporter reporter, CancellationToken cancellation) =>
        Access(instance, reporter).AddAsync(ranges, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgAuthorisedIp>> RemoveAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<string> ranges, IReporter reporter, CancellationToken cancellation) =>
        Access(instance, reporter).RemoveAsync(ranges, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgAuthorisedIp>> SetAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, IReporter reporter, CancellationToken cancellation) =>
        Access(instance, reporter).SetAsync(ranges, cancellation);

    /// <inheritdoc/>
    public Task<PgWriteWindow> EnableWritesAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        new OvhWrites(project, _patience, instance, reporter).EnableAsync(cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgCloudUser>> GetUsersAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        new OvhUsers(project, _patience, instance, _admins, reporter).GetAsync(cancellation);

    /// <inheritdoc/>
    public async Task<UserWithPassword> CreateUserAsync(
        PgInstance instance, NewUserRequest request, IReporter reporter, CancellationToken cancellation)
    {
        OvhUsers.Check(request);
        return await (await UsersAsync(instance, reporter, cancellation)).CreateAsync(request, cancellation);
    }

    /// <inheritdoc/>
    public async Task<UserWithPassword> ResetPasswordAsync(
        PgInstance instance, string userName, SecureString? password, IReporter reporter, CancellationToken cancellation) =>
        await (await UsersAsync(instance, reporter, cancellation)).ResetAsync(userName, password, cancellation);

    /// <inheritdoc/>
    public async Task<PgCloudUser> RemoveUserAsync(
        PgInstance instance, string userName, IReporter reporter, CancellationToken cancellation) =>
        await (await UsersAsync(instance, reporter, cancellation)).RemoveAsync(userName, cancellation);

    /// <inheritdoc/>
    public ILogs Logs => new OvhLogs(project, _patience);

    /// <inheritdoc/>
    public ILogSubscriptions LogSubscriptions => new OvhLogSubscriptions(project, _patience, new OvhLogOperations(project));

    /// <inheritdoc/>
    public IMetrics Metrics => new OvhMetrics(project, _patience);

    /// <inheritdoc/>
    public IPrometheus Prometheus => new OvhPrometheus(project, _instances, _patience);

    private async Task DeleteAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        try
        {
            await project.Client.DeleteAsync(project.PathOf(instance), reporter, cancellation);
        }
        catch (PgCloudException exception) when (exception.ErrorId is OvhErrorIds.InstanceNotReady or OvhErrorIds.InstanceBusy)
        {
            // What is under way may be its removal, by an attempt whose answer was lost or by somebody else.
            if (await _instances.FindServiceAsync(instance.Id, reporter, cancellation) is { } service
                && OvhStatuses.ToStatus(service.Status) != PgInstanceStatus.Removing)
            {
                throw;
            }
        }
    }

    private OvhAccess Access(PgInstance instance, IReporter reporter) => new(project, _instances, instance, reporter);

    // Users can be changed only while nothing else is under way. The authority goes along, for a new user's connection.
    private async Task<OvhUsers> UsersAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        if (instance.Status != PgInstanceStatus.Ready)
        {
            instance = await _patience.SettleAsync(instance, reporter, cancellation);
        }

        instance.CaCertificate = await GetCaCertificateAsync(instance, reporter, cancellation);
        return new OvhUsers(project, _patience, instance, _admins, reporter);
    }

    private PgInstance WithKnownCertificate(PgInstance instance)
    {
        instance.CaCertificate = _certificates.GetValueOrDefault(instance.Id, string.Empty);
        return instance;
    }

    private sealed record CertificateRecord(string? Ca);
}
