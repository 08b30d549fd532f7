// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Lists instances and their true state.</summary>
/// <remarks>The state is found out at the time of asking: for provider Local from the server's process and an answer from it.</remarks>
/// <example>
///   <code>Get-PgInstance</code>
///   <para>Lists all instances of the default session.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance -Name orders* | Where-Object Status -eq Failed | Remove-PgInstance</code>
///   <para>Clears the failed instances whose names begin with orders.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgInstance")]
[OutputType(typeof(PgInstance))]
public sealed class GetPgInstanceCommand : ThrottledCmdlet
{
    /// <summary>Only instances of these names or ids. Wildcards are allowed in names; a name without them that does not exist is an error.</summary>
    /// <value>*</value>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.InstanceNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        PgCloudSession session = SessionOrDefault;
        var names = new NameFilter(Name, StringComparison.Ordinal);
        IReadOnlyList<PgInstance> all = await session.Cloud.GetInstancesAsync(Reporter, cancellation);
        foreach (PgInstance instance in all.Where(i => names.Includes(i.Name) || names.IncludesExactly(i.Id)))
        {
            await WriteAsync(Stamp(instance, session, PgChange.None));
        }

        await WriteMissingAsync(names, all.SelectMany(i => new[] { i.Name, i.Id }), PgErrors.InstanceNotFound);
    }
}
