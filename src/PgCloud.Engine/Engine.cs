// SPDX-License-Identifier: MIT

using System.Security;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm;
using PgCloud.Engine.Providers.Local;
using PgCloud.Engine.Providers.Ovh;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Sql.Clients;
using PgCloud.Engine.Sql.Connections;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine;

/// <summary>The engine as the cmdlets see it.</summary>
public sealed class Engine : IEngine
{
    /// <inheritdoc/>
    public IReadOnlyList<PgProvider> Providers => [LocalFeatures.Provider, OvhFeatures.Provider, IbmFeatures.Provider];

    /// <inheritdoc/>
    public IClientPrograms Clients { get; } = new ClientPrograms();

    /// <inheritdoc/>
    public Task<ICloudProvider> ConnectAsync(ConnectRequest request, IReporter reporter, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Provider switch
        {
            PgProviderName.Local => Task.FromResult<ICloudProvider>(new LocalProvider(StateDirectory.Resolve(request.StateDirectory))),
            PgProviderName.Ovh => OvhConnector.ConnectAsync(request.Account, reporter, cancellation),
            PgProviderName.Ibm => IbmConnector.ConnectAsync(request.Account, reporter, cancellation),
            _ => throw PgErrors.NotSupported(request.Provider, "a session", "Get-PgProvider lists the providers."),
        };
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PgCloudProject>> GetProjectsAsync(ConnectRequest request, IReporter reporter, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Provider switch
        {
            PgProviderName.Ovh => OvhConnector.GetProjectsAsync(request.Account, reporter, cancellation),
            PgProviderName.Ibm => IbmConnector.GetGroupsAsync(request.Account, reporter, cancellation),
            _ => Task.FromResult<IReadOnlyList<PgCloudProject>>([]),
        };
    }

    /// <inheritdoc/>
    public Task<ConsumerKeyGrant> RequestConsumerKeyAsync(
        ConsumerKeyRequest request, IReporter reporter, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return OvhConsumerKeys.RequestAsync(request, reporter, cancellation);
    }

    /// <inheritdoc/>
    public Task<ConsumerKeyGrant> WaitForConsumerKeyAsync(
        ConsumerKeyGrant grant, TimeSpan timeout, IReporter reporter, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return OvhConsumerKeys.WaitAsync(grant, timeout, reporter, cancellation);
    }

    /// <inheritdoc/>
    public SecureString GeneratePassword() => Passwords.Generate();

    /// <inheritdoc/>
    public async Task<ISqlSession> OpenSqlAsync(SqlTarget target, IReporter reporter, CancellationToken cancellation) =>
        await NpgsqlSqlSession.OpenAsync(target, reporter, cancellation);

    /// <inheritdoc/>
    public Task<PgConnectionTest> TestConnectionAsync(
        ConnectionTestRequest request, IReporter reporter, CancellationToken cancellation) =>
        ConnectionProbe.TestAsync(request, reporter, cancellation);
}
