// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Connection;

/// <summary>Says what it takes to connect to an instance: host, port, database, certificate authority and, where given, the credential.</summary>
/// <remarks>
///   <para>
///     TLS is verified fully against the provider's own certificate authority unless -TlsMode asks for less by name. The object's ToUri method
///     writes the connection as a libpq URI, without the password unless asked for it.
///   </para>
///   <para>
///     A connection through a pool is for the many queries of an application. Use one without -Pool to change roles, privileges and databases:
///     a pool leads to its own database only, and its mode may forbid what such work needs.
///   </para>
/// </remarks>
/// <example>
///   <code>$app = Get-PgConnection orders -Credential app -Database shop</code>
///   <para>Asks for the password of app and makes a connection for the SQL cmdlets.</para>
/// </example>
/// <example>
///   <code>New-PgManagerUser orders ops | Get-PgConnection -Database postgres | Invoke-PgQuery 'SELECT version()'</code>
///   <para>Uses another database with the credential that travels in the pipeline.</para>
/// </example>
/// <example>
///   <code>Get-PgConnection orders -Credential report -ReadReplica</code>
///   <para>Connects to the replica, so that a long report does not burden the primary.</para>
/// </example>
/// <example>
///   <code>Get-PgConnection orders -Credential app -Pool web</code>
///   <para>Connects through a connection pool.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgConnection")]
[OutputType(typeof(PgConnection))]
public sealed class GetPgConnectionCommand : InstancePartCmdlet
{
    /// <summary>The user and password. Without it the connection can be tested as far as the login, and no further.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The database. Without it the one that is piped in (Get-PgCloudDatabase), or the instance's default one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary>How far TLS is demanded and checked.</summary>
    /// <value>VerifyFull</value>
    [Parameter]
    public PgTlsMode TlsMode { get; set; } = PgTlsMode.VerifyFull;

    /// <summary>Connects to the read replica, on which nothing can be written.</summary>
    [Parameter]
    [Alias("ReadOnly")]
    public SwitchParameter ReadReplica { get; set; }

    /// <summary>Connects through a connection pool: its name, or an object of Get-PgConnectionPool. The pool says which database it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    [ValidateNotNullOrEmpty]
    public PoolArgument? Pool { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        if (Pool is not null && (ReadReplica || Database is not null))
        {
            throw PgErrors.ParametersExclude(nameof(Pool), ReadReplica ? nameof(ReadReplica) : nameof(Database));
        }

        PgEndpoint? replica = ReadReplica
            ? instance.Endpoint.FirstOrDefault(e => e.IsReadReplica) ?? throw PgErrors.ReadReplicaMissing(instance)
            : null;
        PgConnectionPool? pool = Pool is null ? null : await FindAsync(Pool, instance, cancellation);
        await WriteAsync(new PgConnection
        {
            HostName = pool?.HostName ?? replica?.HostName ?? instance.HostName,
            Port = pool?.Port ?? replica?.Port ?? instance.Port,

            // Of a pool the name stands in the database's place.
            Database = pool?.Name ?? Database ?? (InputObject?.BaseObject as PgCloudDatabase)?.Name ?? instance.Database,
            UserName = Credential?.UserName ?? pool?.UserName ?? string.Empty,
            Credential = Credential,
            TlsMode = TlsMode,
            CaCertificate = await SessionFor(instance).Cloud.GetCaCertificateAsync(instance, Reporter, cancellation),
            Instance = instance,
        });
    }

    private async Task<PgConnectionPool> FindAsync(PoolArgument argument, PgInstance instance, CancellationToken cancellation)
    {
        IReadOnlyList<PgConnectionPool> all = await SessionFor(instance).Cloud.ConnectionPools.GetAsync(instance, Reporter, cancellation);
        PgConnectionPool pool = all.FirstOrDefault(p => p.Name == argument.Name)
            ?? throw PgErrors.PoolNotFound(argument.Name, instance.Name, all.Select(p => p.Name));
        return pool.UserName is null || Credential is null || Credential.UserName == pool.UserName
            ? pool
            : throw PgErrors.PoolUserDiffers(pool, Credential.UserName);
    }
}
