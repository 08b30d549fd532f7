// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Cloud;

/// <summary>Lists the sessions of this runspace.</summary>
/// <remarks>Each runspace has its own sessions, and one of them is the default: the one that was opened last.</remarks>
/// <example>
///   <code>Get-PgCloudSession</code>
///   <para>Lists all sessions; the default one is marked.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance -Session (Get-PgCloudSession rehearsal)</code>
///   <para>Uses a session that is not the default; its name alone would do too.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgCloudSession")]
[OutputType(typeof(PgCloudSession))]
public sealed class GetPgCloudSessionCommand : PSCmdlet
{
    /// <summary>Only sessions of these names; wildcards are allowed.</summary>
    /// <value>*</value>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.SessionNameCompleter))]
    [ValidateNotNull]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var names = new NameFilter(Name, StringComparison.OrdinalIgnoreCase);
        IReadOnlyList<PgCloudSession> all = SessionTable.Current.All;
        foreach (PgCloudSession session in all.Where(s => names.Includes(s.Name)))
        {
            WriteObject(session);
        }

        foreach (string missing in names.Missing(all.Select(s => s.Name)))
        {
            WriteError(PgErrors.SessionNotFound(missing).ToErrorRecord());
        }
    }
}
