// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PgCloud.BindingCases;

/// <summary>What happened, in order, for each runspace.</summary>
internal static class CaseLog
{
    private static readonly ConcurrentDictionary<Guid, ConcurrentQueue<string>> Lines = new();

    internal static void Add(string line) => Current.Enqueue(line);

    internal static ConcurrentQueue<string> Current => Lines.GetOrAdd(Runspace.DefaultRunspace?.InstanceId ?? Guid.Empty, _ => new ConcurrentQueue<string>());
}

/// <summary>Writes the log.</summary>
[Cmdlet(VerbsCommon.Get, "CaseLog")]
public sealed class GetCaseLogCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(CaseLog.Current.ToArray(), true);
}

/// <summary>Empties the log.</summary>
[Cmdlet(VerbsCommon.Clear, "CaseLog")]
public sealed class ClearCaseLogCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => CaseLog.Current.Clear();
}
