// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Makes a PostgreSQL instance.</summary>
/// <remarks>
///   Provider Local makes a database cluster with checksums, SCRAM passwords and TLS from a certificate authority of its own, and starts it.
///   The server outlives the shell. Nobody is let in until Add-PgAuthorisedIp says who. If the creation is broken off, what is left is shown
///   by Get-PgInstance as Failed and cleared by Remove-PgInstance. Run as root, the server runs under the account postgres or nobody.
/// </remarks>
/// <example>
///   <code>New-PgInstance -Name orders</code>
///   <para>Makes an instance of the PostgreSQL that is found first, on a free port.</para>
/// </example>
/// <example>
///   <code>New-PgInstance -Name orders -Version 17 | Add-PgAuthorisedIp -Address 127.0.0.1 -PassThru | New-PgManagerUser -Name ops</code>
///   <para>Makes an instance, lets this machine in and makes a manager user, whose password is in the Credential of the result.</para>
/// </example>
/// <example>
///   <code>New-PgInstance -Name orders-17, orders-18 -WhatIf</code>
///   <para>Shows what would be made, and makes nothing.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "PgInstance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgInstance))]
public sealed class NewPgInstanceCommand : CloudCmdlet
{
    /// <summary>The instance's name: 1 to 63 letters, digits, '-', '_' and '.', beginning with a letter or digit.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string[] Name { get; set; } = [];

    /// <summary>The PostgreSQL version, such as 17 or 17.10. Without it that of the server programs found first: see -BinaryPath.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Version { get; set; }

    /// <summary>Local: the TCP port. Without it a free one is chosen.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>Local: the addresses the server listens on; * for all. Without it 127.0.0.1 and ::1.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ListenAddress { get; set; } = [];

    /// <summary>Local: the directory that holds initdb, pg_ctl and postgres. Without it $env:PGCLOUD_PG_BIN, PATH and the usual places are
    /// searched, in this order; among several in one place the newest comes first.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BinaryPath { get; set; }

    /// <summary>Waits until the instance is ready. Provider Local always does.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    private string? _binaryPath;

    /// <inheritdoc/>
    private protected override void OnPipelineThreadBegin()
    {
        base.OnPipelineThreadBegin();
        _binaryPath = BinaryPath is null ? null : GetUnresolvedProviderPathFromPSPath(BinaryPath);
    }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        PgCloudSession session = SessionOrDefault;
        foreach (string name in Name)
        {
            var request = new NewInstanceRequest(name)
            {
                Version = Version,
                Port = Port,
                ListenAddresses = ListenAddress,
                BinaryPath = _binaryPath,
            };
            await ForEachAsync(async () =>
            {
                if (await ShouldProcessAsync(name, $"Make a PostgreSQL instance at {session.Provider} ({session.Account})"))
                {
                    await WriteAsync(Stamp(await session.Cloud.CreateInstanceAsync(request, Reporter, cancellation), session, PgChange.Created));
                }
            });
        }
    }
}
