// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Connection;

/// <summary>Says what it takes to connect to an instance: host, port, database, certificate authority and, where given, the credential.</summary>
/// <remarks>TLS is verified fully against the provider's own certificate authority unless -TlsMode asks for less by name.</remarks>
/// <example>
///   <code>$app = Get-PgConnection orders -Credential app -Database shop</code>
///   <para>Asks for the password of app and makes a connection for the SQL cmdlets.</para>
/// </example>
/// <example>
///   <code>New-PgManagerUser orders ops | Get-PgConnection -Database postgres | Invoke-PgQuery 'SELECT version()'</code>
///   <para>Uses another database with the credential that travels in the pipeline.</para>
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

    /// <inheritdoc/>
    private protected override Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation) => WriteAsync(new PgConnection
    {
        HostName = instance.HostName,
        Port = instance.Port,
        Database = Database ?? instance.Database,
        UserName = Credential?.UserName ?? string.Empty,
        Credential = Credential,
        TlsMode = TlsMode,
        CaCertificate = instance.CaCertificate,
        Instance = instance,
    });
}
