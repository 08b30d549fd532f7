// SPDX-License-Identifier: MIT

using System.Security;

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

    /// <summary>Makes an instance. A name that is taken is an error: <c>PgCloud.Instance.Exists</c>.</summary>
    Task<PgInstance> CreateInstanceAsync(NewInstanceRequest request, IReporter reporter, CancellationToken cancellation);

    /// <summary>Starts a stopped instance.</summary>
    Task<PgInstance> StartInstanceAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Stops an instance and keeps its data.</summary>
    Task<PgInstance> StopInstanceAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Removes an instance and its data.</summary>
    Task<PgInstance> RemoveInstanceAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Reads the authorised addresses.</summary>
    Task<IReadOnlyList<PgAuthorisedIp>> GetAuthorisedIpsAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Authorises ranges, in one write, and leaves all others as they are.</summary>
    Task<IReadOnlyList<PgAuthorisedIp>> AddAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, IReporter reporter, CancellationToken cancellation);

    /// <summary>Ends the authorisation of ranges, in one write. A range that is not there is reported as Unchanged.</summary>
    Task<IReadOnlyList<PgAuthorisedIp>> RemoveAuthorisedIpsAsync(
        PgInstance instance, IReadOnlyList<string> ranges, IReporter reporter, CancellationToken cancellation);

    /// <summary>Reads the users that were made through the provider.</summary>
    Task<IReadOnlyList<PgCloudUser>> GetUsersAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation);

    /// <summary>Makes a manager or writer user. The password is told once, here.</summary>
    Task<UserWithPassword> CreateUserAsync(
        PgInstance instance, NewUserRequest request, IReporter reporter, CancellationToken cancellation);

    /// <summary>Gives a user a new password.</summary>
    Task<UserWithPassword> ResetPasswordAsync(
        PgInstance instance, string userName, SecureString? password, IReporter reporter, CancellationToken cancellation);

    /// <summary>Removes a user.</summary>
    Task<PgCloudUser> RemoveUserAsync(PgInstance instance, string userName, IReporter reporter, CancellationToken cancellation);
}

/// <summary>What instance to make.</summary>
/// <param name="Name">Its name.</param>
public sealed record NewInstanceRequest(string Name)
{
    /// <summary>The PostgreSQL version, <c>18</c> or <c>18.4</c>; <see langword="null"/> for the provider's newest.</summary>
    public string? Version { get; init; }

    /// <summary>Local: the TCP port; <see langword="null"/> for a free one.</summary>
    public int? Port { get; init; }

    /// <summary>Local: the addresses the server listens on; empty for loopback only.</summary>
    public IReadOnlyList<string> ListenAddresses { get; init; } = [];

    /// <summary>Local: the directory that holds initdb and postgres; <see langword="null"/> to look for one.</summary>
    public string? BinaryPath { get; init; }
}

/// <summary>A range to authorise.</summary>
/// <param name="Address">In CIDR notation, host bits cleared.</param>
/// <param name="Description">What it is for; <see langword="null"/> to leave as it is.</param>
/// <param name="NormalisedFrom">What the user wrote, where it was something else.</param>
public sealed record AuthorisedIpRequest(string Address, string? Description, string? NormalisedFrom);

/// <summary>What user to make.</summary>
/// <param name="Name">The role name.</param>
/// <param name="Kind">Manager or Writer.</param>
/// <param name="Password">The password; <see langword="null"/> to have a strong one made.</param>
public sealed record NewUserRequest(string Name, PgCloudUserKind Kind, SecureString? Password);

/// <summary>A user and the password that was set for it, where one was.</summary>
/// <param name="User">The user.</param>
/// <param name="Password">The password; <see langword="null"/> where none was set.</param>
public sealed record UserWithPassword(PgCloudUser User, SecureString? Password);
