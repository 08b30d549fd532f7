// SPDX-License-Identifier: MIT

using System.Security;

namespace PgCloud.Contracts;

/// <summary>
///   What the engine offers to the cmdlets. Its one implementation lives in <c>deps/PgCloud.Engine.dll</c> and is loaded when a cmdlet first
///   needs it.
/// </summary>
public interface IEngine
{
    /// <summary>The providers there are.</summary>
    IReadOnlyList<PgProvider> Providers { get; }

    /// <summary>Opens a session to a provider's account.</summary>
    /// <exception cref="Errors.PgCloudException"><c>PgCloud.Cloud.*</c> where the account cannot be used.</exception>
    Task<ICloudProvider> ConnectAsync(ConnectRequest request, IReporter reporter, CancellationToken cancellation);

    /// <summary>The projects of an account; none where the provider has no such thing.</summary>
    Task<IReadOnlyList<PgCloudProject>> GetProjectsAsync(ConnectRequest request, IReporter reporter, CancellationToken cancellation);

    /// <summary>Asks OVHcloud for a consumer key, which its account's owner must validate then.</summary>
    Task<ConsumerKeyGrant> RequestConsumerKeyAsync(ConsumerKeyRequest request, IReporter reporter, CancellationToken cancellation);

    /// <summary>Waits until a consumer key has been validated.</summary>
    /// <exception cref="Errors.PgCloudException"><c>PgCloud.Cloud.ConsumerKeyNotValidated</c> where it was not in time.</exception>
    Task<ConsumerKeyGrant> WaitForConsumerKeyAsync(
        ConsumerKeyGrant grant, TimeSpan timeout, IReporter reporter, CancellationToken cancellation);

    /// <summary>Connections for other programs.</summary>
    IClientPrograms Clients { get; }

    /// <summary>Makes a strong password.</summary>
    SecureString GeneratePassword();

    /// <summary>Opens an SQL session.</summary>
    /// <exception cref="Errors.PgCloudException"><c>PgCloud.Connection.*</c>.</exception>
    Task<ISqlSession> OpenSqlAsync(SqlTarget target, IReporter reporter, CancellationToken cancellation);

    /// <summary>Tries the steps of a connection one by one and says how each ended. Failing to connect is an answer, not an exception.</summary>
    Task<PgConnectionTest> TestConnectionAsync(ConnectionTestRequest request, IReporter reporter, CancellationToken cancellation);
}
