// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Lists instances that were removed and can still be had back.</summary>
/// <remarks>
///   Provider Ibm only, where a removed instance is kept for some days (a reclamation). One shows up some 20 seconds after its removal.
///   Restore-PgInstance has it back; Remove-PgInstance -Permanent ends it for good.
/// </remarks>
/// <example>
///   <code>Get-PgReclaimedInstance</code>
///   <para>Lists what can be had back, and until when.</para>
/// </example>
/// <example>
///   <code>Get-PgReclaimedInstance orders | Restore-PgInstance -Wait</code>
///   <para>Has an instance back and waits until it is ready.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgReclaimedInstance")]
[OutputType(typeof(PgReclaimedInstance))]
public sealed class GetPgReclaimedInstanceCommand : CloudCmdlet
{
    /// <summary>Only those of these names or ids; wildcards are allowed in names. A name without them that is not there is an error.</summary>
    /// <value>*</value>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNull]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override async Task EndAsync(CancellationToken cancellation)
    {
        PgCloudSession session = SessionOrDefault;
        var names = new NameFilter(Name, StringComparison.Ordinal);
        IReadOnlyList<PgReclaimedInstance> all = await session.Cloud.Reclaimed.GetAsync(Reporter, cancellation);
        foreach (PgReclaimedInstance instance in all.Where(i => names.Includes(i.Name) || names.Includes(i.Id)))
        {
            instance.Session = session;
            await WriteAsync(instance);
        }

        foreach (string missing in names.Missing(all.SelectMany(i => new[] { i.Name, i.Id })))
        {
            await WriteErrorAsync(PgErrors.ReclaimedInstanceNotFound(missing));
        }
    }
}
