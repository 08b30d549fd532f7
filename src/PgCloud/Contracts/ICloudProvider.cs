// SPDX-License-Identifier: MIT

using System.Security;

using PgCloud.Errors;

namespace PgCloud.Contracts;

/// <summary>
///   One account at one provider. Every method can be called from any thread, and again after a failure: what is there already is reported
///   as <see cref="PgChange.Unchanged"/>. What a provider does not offer ends in <c>PgCloud.Provider.NotSupported</c>.
/// </summary>
public interface ICloudProvider
{
    /// <summary>Which cloud.</summary>
    PgProviderName Name { get; }

    /// <summary>The account, in the provider's words; not a secret.</summary>
    string Account { get; }

    /// <summary>Reads all instances.</summary>
    Task<IReadOnlyList<PgInstance>> GetInstancesAsync(IReporter reporter, CancellationToken cancellation);

    /// <summary>Reads one instance by its id or its exact name; <see langword="null"/> where there is none.</summary>
    Task<PgInstance?> FindInstanceAsync(string nameOrId, IReporter reporter, CancellationToken cancellation);

    /// <summary>
    ///   Makes an instance. A name that is taken is an error: <c>PgCloud.Instance.Exists</c>. Where making takes minutes, the instance is
    ///   answered while it is being made; one that is still being made and is as asked is taken up, and its <c>Change</c> is Unchanged.
    /// </summary>
    Task<PgInstance> CreateInstanceAsync(NewInstanceRequest request, IReporter reporter, CancellationToken cancellation);

    /// <summary>
    ///   Changes an instance. Only what differs is sent; where the provider takes one change at a time, they follow one another. Unchanged
    ///   where there is nothing to do.
    /// </summary>
    Task<PgInstance> SetInstanceAsync(
        PgInstance instance, InstanceChangeRequest request, IReporter reporter, CancellationToken cancellation) =>
        throw PgErrors.NotSupported(Name, "changing an instance", "Make another as it shall be, New-PgInstance, and carry the data over with pg_dump and pg_restore.");

    /// <summary>What can be had: region, version, plan and flavor, with their bounds.</summary>
    Task<IReadOnlyList<PgOffering>> GetOfferingsAsync(IReporter reporter, CancellationToken cancellation) =>
        throw PgErrors.NotSupported(Name, "a list of offers", "The server has what this machine has; -Version chooses among the installed ones.");

    /// <summary>The authority that signed the server's certificate, in PEM; empty where the machine's own trust store is to be used.</summary>
    Task<string> GetCaCertificateAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        Task.FromResult(instance.CaCertificate);

    /// <summary>The databases as the provider's API knows them.</summary>
    ICloudDatabases Databases => throw PgErrors.NotSupported(
        Name, "databases by its API", "Get-PgDatabase, New-PgDatabase and Remove-PgDatabase do it by SQL.");

    /// <summary>The connection pools.</summary>
    IConnectionPools ConnectionPools => throw PgErrors.NotSupported(
        Name,
        "connection pools",
        "Get-PgConnection without -Pool leads to the server itself; where many clients share it, put a pooler such as PgBouncer before it.");

    /// <summary>How long to wait between two looks at an instance that changes.</summary>
    PollPace Pace => PollPace.OfLocalServer;

    /// <summary>What the sessions do, and stopping it, without a database user.</summary>
    ICurrentQueries CurrentQueries => throw PgErrors.NotSupported(
        Name, "current queries without a database user", "By SQL: Get-PgActivity shows them, Stop-PgBackend stops them.");

    /// <summary>What statements have cost, without a database user.</summary>
    IQueryStatistics QueryStatistics => throw PgErrors.NotSupported(
        Name,
        "query statistics without a database user",
        "By SQL, where the server loads pg_stat_statements: Invoke-PgQuery 'SELECT * FROM pg_stat_statements'.");

    /// <summary>Links to other services of the account.</summary>
    IIntegrations Integrations => throw PgErrors.NotSupported(
        Name, "integrations with other services", "Connect the other service to the server as a client: Get-PgConnection says how.");

    /// <summary>Starts a stopped instance.</summary>
    Task<PgInstance> StartInstanceAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Stops an instance and keeps its data.</summary>
    Task<PgInstance> StopInstanceAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Removes an instance and its data.</summary>
    Task<PgInstance> RemoveInstanceAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>The same with a choice, which a provider that has none passes over.</summary>
    Task<PgInstance> RemoveInstanceAsync(
        PgInstance instance, InstanceRemoval removal, IReporter reporter, CancellationToken cancellation) =>
        RemoveInstanceAsync(instance, reporter, cancellation);

    /// <summary>Locks an instance against changes and removal, or takes the lock away.</summary>
    Task<PgInstance> SetLockAsync(PgInstance instance, bool isLocked, IReporter reporter, CancellationToken cancellation) =>
        throw PgErrors.NotSupported(Name, "a lock of an instance", "Where the provider has a protection against removal: Set-PgInstance -DeletionProtection.");

    /// <summary>The projects, or resource groups, of the account, in the order of their names.</summary>
    Task<IReadOnlyList<PgCloudProject>> GetProjectsAsync(IReporter reporter, CancellationToken cancellation) =>
        throw PgErrors.NotSupported(Name, "projects", "Its instances stand in one directory: Connect-PgCloud -StateDirectory.");

    /// <summary>Instances that were removed and can be had back.</summary>
    IReclaimedInstances Reclaimed =>
        throw PgErrors.NotSupported(Name, "removed instances that can be had back", "Get-PgBackup and New-PgInstance -FromInstance restore one that is there.");

    /// <summary>Reads the authorised addresses.</summary>
    Task<IReadOnlyList<PgAuthorisedIp>> GetAuthorisedIpsAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Authorises ranges, in one write, and leaves all others as they are.</summary>
    Task<IReadOnlyList<PgAuthorisedIp>> AddAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, IReporter reporter, CancellationToken cancellation);

    /// <summary>Ends the authorisation of ranges, in one write. A range that is not there is reported as Unchanged.</summary>
    Task<IReadOnlyList<PgAuthorisedIp>> RemoveAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<string> ranges, IReporter reporter, CancellationToken cancellation);

    /// <summary>Authorises just these ranges, in one write, and ends the authorisation of all others.</summary>
    Task<IReadOnlyList<PgAuthorisedIp>> SetAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, IReporter reporter, CancellationToken cancellation);

    /// <summary>The backups it makes.</summary>
    IBackups Backups => throw PgErrors.NotSupported(Name, "backups", "Make them yourself: pg_dump and pg_restore, or pg_basebackup.");

    /// <summary>The maintenance it does.</summary>
    IMaintenances Maintenances => throw PgErrors.NotSupported(
        Name, "maintenance", "Update the server programs as this machine updates its software, then Stop-PgInstance and Start-PgInstance.");

    /// <summary>The machines its instances stand on.</summary>
    INodes Nodes => throw PgErrors.NotSupported(Name, "nodes", "The instance is one server on this machine: Get-PgInstance shows it.");

    /// <summary>The parameters that can be set for an instance.</summary>
    IInstanceConfiguration Configuration => throw PgErrors.NotSupported(
        Name,
        "advanced configuration",
        "For the sessions of a role: Set-PgRole -Setting. For the whole server: postgresql.conf in its directory, which is Detail.Directory of Get-PgInstance.");

    /// <summary>Lets an instance that is read-only because its disk is full be written for a while.</summary>
    Task<PgWriteWindow> EnableWritesAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        throw PgErrors.NotSupported(
            Name, "a time to write on a full disk", "The server is not made read-only when the disk of this machine is full: free some space.");

    /// <summary>The same as adding, and sets what the restriction does.</summary>
    Task<IReadOnlyList<PgAuthorisedIp>> AddAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, PgEnforcementMode? mode, IReporter reporter, CancellationToken cancellation) =>
        mode is null ? AddAuthorisedIpsAsync(instance, ranges, reporter, cancellation) : throw ModeNotSupported();

    /// <summary>The same as authorising just these, and sets what the restriction does.</summary>
    Task<IReadOnlyList<PgAuthorisedIp>> SetAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, PgEnforcementMode? mode, IReporter reporter, CancellationToken cancellation) =>
        mode is null ? SetAuthorisedIpsAsync(instance, ranges, reporter, cancellation) : throw ModeNotSupported();

    /// <summary>Reads the users that were made through the provider.</summary>
    Task<IReadOnlyList<PgCloudUser>> GetUsersAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Makes a manager or writer user. The password is told once, here.</summary>
    Task<UserWithPassword> CreateUserAsync(
        PgInstance instance, NewUserRequest request, IReporter reporter, CancellationToken cancellation);

    /// <summary>Gives a user a new password.</summary>
    Task<UserWithPassword> ResetPasswordAsync(
        PgInstance instance, string userName, SecureString? password, IReporter reporter, CancellationToken cancellation);

    /// <summary>The same with a choice of how.</summary>
    Task<UserWithPassword> ResetPasswordAsync(
        PgInstance instance, PasswordReset reset, IReporter reporter, CancellationToken cancellation) =>
        reset.IsRotation
            ? throw PgErrors.NotSupported(Name, "rotating a user", "Reset-PgUserPassword without -Rotate gives the user a new password.")
            : ResetPasswordAsync(instance, reset.UserName, reset.Password, reporter, cancellation);

    /// <summary>Removes a user.</summary>
    Task<PgCloudUser> RemoveUserAsync(PgInstance instance, string userName, IReporter reporter, CancellationToken cancellation);

    private PgCloudException ModeNotSupported() =>
        PgErrors.NotSupported(Name, "modes of enforcement", "What is authorised is let in, and nobody else: leave -EnforcementMode out.");
    /// <summary>The servers' logs.</summary>
    ILogs Logs => throw PgErrors.NotSupported(Name, "the server's log", "Get-PgActivity shows what the server is doing now.");

    /// <summary>Kinds of log, links to them and subscriptions.</summary>
    ILogSubscriptions LogSubscriptions =>
        throw PgErrors.NotSupported(Name, "log kinds, links and subscriptions", "Get-PgLog reads the log, and with -Follow goes on reading.");

    /// <summary>What is measured.</summary>
    IMetrics Metrics =>
        throw PgErrors.NotSupported(Name, "metrics", "Get-PgActivity and Invoke-PgQuery read the server's own statistics, such as pg_stat_database.");

    /// <summary>The access for Prometheus.</summary>
    IPrometheus Prometheus =>
        throw PgErrors.NotSupported(Name, "an access for Prometheus", "Run postgres_exporter beside the server, with a role that has pg_monitor.");
}

/// <summary>A range to authorise.</summary>
/// <param name="Address">In CIDR notation, host bits cleared.</param>
/// <param name="Description">What it is for; <see langword="null"/> to leave as it is.</param>
/// <param name="NormalisedFrom">What the user wrote, where it was something else.</param>
public sealed record AuthorisedIpRequest(string Address, string? Description, string? NormalisedFrom);
