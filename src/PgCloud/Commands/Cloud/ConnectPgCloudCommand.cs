// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Loading;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Cloud;

/// <summary>Opens a session to a cloud account and makes it this runspace's default.</summary>
/// <remarks>
///   The session is used by every cmdlet that takes -Session and is not given one. Each runspace has its own default, so runbooks that run
///   side by side in one process do not disturb each other. Provider Local runs real PostgreSQL servers on this machine: use it to rehearse
///   a runbook, to develop and to test.
/// </remarks>
/// <example>
///   <code>Connect-PgCloud -Provider Local</code>
///   <para>Opens a session to the PostgreSQL servers of this machine, kept in the user's data directory.</para>
/// </example>
/// <example>
///   <code>$rehearsal = Connect-PgCloud -Provider Local -StateDirectory ./rehearsal -Name rehearsal</code>
///   <para>Keeps the instances of this session in a directory of their own.</para>
/// </example>
[Cmdlet(VerbsCommunications.Connect, "PgCloud")]
[OutputType(typeof(PgCloudSession))]
public sealed class ConnectPgCloudCommand : AsyncCmdlet
{
    private SessionTable? _sessions;
    private string? _stateDirectory;

    /// <summary>Which cloud.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public PgProviderName Provider { get; set; }

    /// <summary>A name for the session, by which -Session finds it. Without it one is made from the provider's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Local: the directory in which the instances are kept. Without it $env:PGCLOUD_HOME, then the user's data directory.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StateDirectory { get; set; }

    /// <inheritdoc/>
    private protected override void OnPipelineThreadBegin()
    {
        _sessions = SessionTable.Current;
        // Relative paths are meant from PowerShell's location, which is not the process's working directory.
        _stateDirectory = StateDirectory is null ? null : GetUnresolvedProviderPathFromPSPath(StateDirectory);
    }

    /// <inheritdoc/>
    private protected override async Task EndAsync(CancellationToken cancellation)
    {
        ICloudProvider cloud = await EngineLoadContext.Engine.ConnectAsync(
            new ConnectRequest(Provider) { StateDirectory = _stateDirectory }, Reporter, cancellation);
        var session = new PgCloudSession(cloud, Name ?? _sessions!.NextName(Provider));
        _sessions!.Add(session);
        await WriteAsync(session);
    }
}
