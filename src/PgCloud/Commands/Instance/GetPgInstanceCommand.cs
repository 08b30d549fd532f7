// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Lists instances and their true state.</summary>
/// <remarks>
///   The state is found out at the time of asking: for provider Local from the server's process and an answer from it. -Partition and -Of take one
///   part of a fleet, so that several workers of a scheduler each do theirs: every instance is in exactly one part, which depends on its id and the
///   number of parts alone. The part is the first eight bytes of the SHA-256 of the id (UTF-8), as a big-endian number, modulo -Of, plus one.
/// </remarks>
/// <example>
///   <code>Get-PgInstance</code>
///   <para>Lists all instances of the default session.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance -Name orders* | Where-Object Status -eq Failed | Remove-PgInstance</code>
///   <para>Clears the failed instances whose names begin with orders.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance -Partition 3 -Of 8 | Add-PgAuthorisedIp -Address 203.0.113.7</code>
///   <para>Works on the third of eight parts of the fleet; seven other workers take the others.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgInstance")]
[OutputType(typeof(PgInstance))]
public sealed class GetPgInstanceCommand : ThrottledCmdlet
{
    private FleetPart? _part;

    /// <summary>Only instances of these names or ids. Wildcards are allowed in names; a name without them that does not exist is an error.</summary>
    /// <value>*</value>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.InstanceNameCompleter))]
    [ValidateNotNull]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only the instances of this part of the fleet, from 1 to -Of.</summary>
    [Parameter]
    public int? Partition { get; set; }

    /// <summary>Into how many parts the fleet is split; goes with -Partition.</summary>
    [Parameter]
    public int? Of { get; set; }

    /// <inheritdoc/>
    private protected override Task BeginAsync(CancellationToken cancellation)
    {
        try
        {
            _part = FleetPart.Read(Partition, Of);
        }
        catch (PgCloudException exception)
        {
            throw new TerminatingException(exception);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        PgCloudSession session = SessionOrDefault;
        var names = new NameFilter(Name, StringComparison.Ordinal);
        IReadOnlyList<PgInstance> all = await session.Cloud.GetInstancesAsync(Reporter, cancellation);
        foreach (PgInstance instance in all.Where(i =>
            (names.Includes(i.Name) || names.IncludesExactly(i.Id)) && _part?.Includes(i) != false))
        {
            await WriteAsync(Stamp(instance, session, PgChange.None));
        }

        await WriteMissingAsync(names, all.SelectMany(i => new[] { i.Name, i.Id }), PgErrors.InstanceNotFound);
    }
}
