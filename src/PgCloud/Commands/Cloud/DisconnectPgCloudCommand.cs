// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Cloud;

/// <summary>Closes sessions. Instances, and servers of provider Local, go on.</summary>
/// <remarks>
///   A session is known to its runspace only, so nothing changes at the provider. Where the default session is closed, the one that was
///   opened last takes its place. Removing the module closes all sessions of the runspace.
/// </remarks>
/// <example>
///   <code>Disconnect-PgCloud</code>
///   <para>Closes the default session; the one opened before it becomes the default.</para>
/// </example>
/// <example>
///   <code>Get-PgCloudSession | Disconnect-PgCloud</code>
///   <para>Closes all sessions of this runspace.</para>
/// </example>
[Cmdlet(VerbsCommunications.Disconnect, "PgCloud")]
[OutputType(typeof(void))]
public sealed class DisconnectPgCloudCommand : PSCmdlet
{
    /// <summary>The session to close: an object or its name. Without it the default session.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SessionTransformation]
    [ArgumentCompleter(typeof(Completion.SessionNameCompleter))]
    public PgCloudSession? Session { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        SessionTable sessions = SessionTable.Current;
        try
        {
            sessions.Remove(Session ?? sessions.Default);
        }
        catch (Errors.PgCloudException exception)
        {
            WriteError(Errors.ErrorRecords.ToErrorRecord(exception));
        }
    }
}
