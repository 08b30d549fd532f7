// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Connection;

/// <summary>Says what it takes to connect to an instance: host, port, database, certificate authority and, where given, the credential.</summary>
/// <remarks>
///   TLS is verified fully against the provider's own certificate authority unless -TlsMode asks for less by name. The object's ToUri method
///   writes the connection as a libpq URI, without the password unless asked for it.
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
[Cmdlet(VerbsCommon.Get, "PgConnection")]
[OutputType(typeof(PgConnection))]
public sealed class GetPgConnectionCommand : InstanceCmdlet
{
    /// <summary>The user and password. Without it the connection can be tested as far as the login, and no further.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The database. Without it the instance's default one.</summary>
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

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        PgEndpoint? replica = ReadReplica
            ? instance.Endpoint.FirstOrDefault(e => e.IsReadReplica) ?? throw PgErrors.ReadReplicaMissing(instance)
            : null;
        await WriteAsync(new PgConnection
        {
            HostName = replica?.HostName ?? instance.HostName,
            Port = replica?.Port ?? instance.Port,
            Database = Database ?? instance.Database,
            UserName = Credential?.UserName ?? string.Empty,
            Credential = Credential,
            TlsMode = TlsMode,
            CaCertificate = await SessionFor(instance).Cloud.GetCaCertificateAsync(instance, Reporter, cancellation),
            Instance = instance,
        });
    }
}
