// SPDX-License-Identifier: MIT

using System.Security;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm.Instances;
using PgCloud.Engine.Providers.Ibm.Network;
using PgCloud.Engine.Providers.Ibm.Offers;
using PgCloud.Engine.Providers.Ibm.Users;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm;

/// <summary>IBM Cloud Databases for PostgreSQL Gen 2, in one account.</summary>
internal sealed class IbmProvider(IbmAccount account) : ICloudProvider
{
    private readonly IbmInstances _instances = new(account);

    /// <inheritdoc/>
    public PgProviderName Name => PgProviderName.Ibm;

    /// <inheritdoc/>
    public string Account => account.ToString();

    /// <inheritdoc/>
    public PollPace Pace => account.Pace;

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgCloudProject>> GetProjectsAsync(IReporter reporter, CancellationToken cancellation) =>
        IbmConnector.GetGroupsAsync(account.Groups, reporter, cancellation);

    /// <inheritdoc/>
    public IBackups Backups => new IbmBackups(account);

    /// <inheritdoc/>
    public IMaintenances Maintenances => throw PgErrors.NotSupported(
        Name, "maintenance", "IBM Cloud does it by itself, one member after another, so that clients see a short break and should connect again.");

    /// <inheritdoc/>
    public INodes Nodes => throw PgErrors.NotSupported(
        Name, "single nodes", "Get-PgInstance tells the number of members; Set-PgInstance -NodeCount changes it.");

    /// <inheritdoc/>
    public IInstanceConfiguration Configuration => throw PgErrors.NotSupported(
        Name, "a list of settings", "Set-PgInstance -Configuration sets them; Detail.Configuration of Get-PgInstance shows them.");

    /// <inheritdoc/>
    public IReclaimedInstances Reclaimed => new IbmReclaimedInstances(account, _instances);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgInstance>> GetInstancesAsync(IReporter reporter, CancellationToken cancellation) =>
        _instances.GetAsync(reporter, cancellation);

    /// <inheritdoc/>
    public Task<PgInstance?> FindInstanceAsync(string nameOrId, IReporter reporter, CancellationToken cancellation) =>
        _instances.FindAsync(nameOrId, reporter, cancellation);

    /// <inheritdoc/>
    public Task<PgInstance> CreateInstanceAsync(NewInstanceRequest request, IReporter reporter, CancellationToken cancellation) =>
        new IbmCreation(account, _instances, reporter).RunAsync(request, cancellation);

    /// <inheritdoc/>
    public async Task<PgInstance> SetInstanceAsync(
        PgInstance instance, InstanceChangeRequest request, IReporter reporter, CancellationToken cancellation)
    {
        bool isChanged = await new IbmUpdate(account, _instances, instance, reporter).RunAsync(request, cancellation);
        PgInstance present = await _instances.DescribeAsync(
            await _instances.ReadAsync(instance, reporter, cancellation), reporter, cancellation);
        present.Change = isChanged ? PgChange.Updated : PgChange.Unchanged;
        return present;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgOffering>> GetOfferingsAsync(IReporter reporter, CancellationToken cancellation) =>
        IbmOfferings.ReadAsync(account, reporter, cancellation);

    /// <inheritdoc/>
    public async Task<string> GetCaCertificateAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        if (instance.CaCertificate.Length == 0)
        {
            // Any credential tells it; where none does, the authority is a public one.
            await new IbmUsers(account, _instances, instance, reporter).GetAsync(cancellation);
        }

        return instance.CaCertificate;
    }

    /// <inheritdoc/>
    public Task<PgInstance> StartInstanceAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        throw PgErrors.NotSupported(Name, "starting an instance", "An instance runs from its creation on.");

    /// <inheritdoc/>
    public Task<PgInstance> StopInstanceAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        throw PgErrors.NotSupported(
            Name, "stopping an instance", "Remove-PgAuthorisedIp keeps everybody out; Remove-PgInstance ends it and its costs.");

    /// <inheritdoc/>
    public Task<PgInstance> RemoveInstanceAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        RemoveInstanceAsync(instance, new InstanceRemoval(IsRecursive: false, IsPermanent: false), reporter, cancellation);

    /// <inheritdoc/>
    public Task<PgInstance> RemoveInstanceAsync(
        PgInstance instance, InstanceRemoval removal, IReporter reporter, CancellationToken cancellation) =>
        new IbmRemoval(account, instance, reporter).RunAsync(removal, cancellation);

    /// <inheritdoc/>
    public Task<PgInstance> SetLockAsync(PgInstance instance, bool isLocked, IReporter reporter, CancellationToken cancellation) =>
        SetInstanceAsync(instance, new InstanceChangeRequest { DeletionProtection = isLocked }, reporter, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgAuthorisedIp>> GetAuthorisedIpsAsync(
        PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        new IbmAccess(account, instance, reporter).GetAsync(cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgAuthorisedIp>> AddAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, IReporter reporter, CancellationToken cancellation) =>
        AddAuthorisedIpsAsync(instance, ranges, null, reporter, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgAuthorisedIp>> AddAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, PgEnforcementMode? mode, IReporter reporter, CancellationToken cancellation) =>
        new IbmAccess(account, instance, reporter).AddAsync(ranges, mode, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgAuthorisedIp>> RemoveAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<string> ranges, IReporter reporter, CancellationToken cancellation) =>
        new IbmAccess(account, instance, reporter).RemoveAsync(ranges, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgAuthorisedIp>> SetAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, IReporter reporter, CancellationToken cancellation) =>
        SetAuthorisedIpsAsync(instance, ranges, null, reporter, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgAuthorisedIp>> SetAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, PgEnforcementMode? mode, IReporter reporter, CancellationToken cancellation) =>
        new IbmAccess(account, instance, reporter).SetAsync(ranges, mode, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgCloudUser>> GetUsersAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        new IbmUsers(account, _instances, instance, reporter).GetAsync(cancellation);

    /// <inheritdoc/>
    public async Task<UserWithPassword> CreateUserAsync(
        PgInstance instance, NewUserRequest request, IReporter reporter, CancellationToken cancellation) =>
        await new IbmUsers(account, _instances, await ReadyAsync(instance, reporter, cancellation), reporter).CreateAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<UserWithPassword> ResetPasswordAsync(
        PgInstance instance, string userName, SecureString? password, IReporter reporter, CancellationToken cancellation) =>
        ResetPasswordAsync(instance, new PasswordReset(userName, password), reporter, cancellation);

    /// <inheritdoc/>
    public Task<UserWithPassword> ResetPasswordAsync(
        PgInstance instance, PasswordReset reset, IReporter reporter, CancellationToken cancellation) =>
        new IbmPasswords(new IbmUsers(account, _instances, instance, reporter), instance, reporter).ResetAsync(reset, cancellation);

    /// <inheritdoc/>
    public Task<PgCloudUser> RemoveUserAsync(PgInstance instance, string userName, IReporter reporter, CancellationToken cancellation) =>
        new IbmUsers(account, _instances, instance, reporter).RemoveAsync(userName, cancellation);

    // The host is told once the instance is there.
    private async Task<PgInstance> ReadyAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        if (instance.HostName.Length > 0 && instance.Status == PgInstanceStatus.Ready)
        {
            return instance;
        }

        PgInstance ready = await _instances.DescribeAsync(
            await _instances.SettleAsync(instance, TimeSpan.FromMinutes(60), reporter, cancellation), reporter, cancellation);
        return ready.Status == PgInstanceStatus.Ready ? ready : throw PgErrors.InstanceNotReady(ready);
    }
}
