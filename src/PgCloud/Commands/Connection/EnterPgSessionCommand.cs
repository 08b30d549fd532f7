// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Loading;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Connection;

/// <summary>Opens psql on a connection, logged in and with TLS verified as by every other cmdlet, until you leave it with \q.</summary>
/// <remarks>
///   <para>
///     psql gets the password by a file that only you can read; it is neither on its command line nor in its environment. On Linux the file has
///     no name in any directory and is gone with the shell, however that ends. Ctrl+C is psql's: it cancels the
///     statement, and a script that called the cmdlet ends once psql has been left.
///   </para>
///   <para>
///     psql is looked for in $env:PGCLOUD_PG_BIN, PATH and the usual places. The variables PGHOST, PGUSER, PGSERVICE and their like that the shell may
///     have do not reach it, nor do those with keys of a cloud or a proxy (OVH_*, IC_*, IBMCLOUD_*, *_PROXY); others, such as PGOPTIONS and PSQLRC, do. After it $LASTEXITCODE is its exit code.
///   </para>
///   <para>
///     After an error what psql had committed is done. Changes made in psql are not written to the audit trail: nobody but the server sees them.
///   </para>
/// </remarks>
/// <example>
///   <code>Enter-PgSession $ops</code>
///   <para>Opens psql as ops.</para>
/// </example>
/// <example>
///   <code>Get-PgConnection orders -Credential app -Database shop | Enter-PgSession</code>
///   <para>Asks for the password of app, and opens psql on the database shop.</para>
/// </example>
/// <example>
///   <code>Enter-PgSession $ops -ArgumentList '--single-transaction', '--file', './upgrade.sql'</code>
///   <para>Runs a script of psql's own commands and leaves.</para>
/// </example>
[Cmdlet(VerbsCommon.Enter, "PgSession")]
[OutputType(typeof(void))]
public sealed class EnterPgSessionCommand : AsyncCmdlet
{
    /// <summary>The connection: a PgConnection, or a PgCloudUser that carries its credential. Without a credential psql asks for the password.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ConnectionTransformation]
    [ValidateNotNull]
    public PgConnection Connection { get; set; } = null!;

    /// <summary>What else is given to psql: its options, as on its command line. Put no secrets there: other users of the machine can see them.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public string[] ArgumentList { get; set; } = [];

    /// <summary>psql has the terminal until it ends: Ctrl+C is a key that it reads.</summary>
    private protected override bool MayLeaveWork => false;

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        string directory = await OnPipelineThreadAsync(() => SessionState.Path.CurrentFileSystemLocation.ProviderPath);
        int exitCode = await EngineLoadContext.Engine.Clients.RunPsqlAsync(Connection.ToSqlTarget(Connection.Credential), ArgumentList, directory);
        await OnPipelineThreadAsync(() =>
        {
            SessionState.PSVariable.Set("global:LASTEXITCODE", exitCode);
            return true;
        });
        if (exitCode != 0)
        {
            throw PgErrors.PsqlFailed(Connection.ToString(), exitCode);
        }
    }
}
