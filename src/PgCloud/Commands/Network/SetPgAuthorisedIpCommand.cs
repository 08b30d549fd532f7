// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Network;

/// <summary>Lets connections to an instance in from these addresses and from no others.</summary>
/// <remarks>
///   The whole list is replaced: what is not named is no longer let in. To add to the list use Add-PgAuthorisedIp, which keeps the entries of
///   others. Addresses are read as there. A range that stays keeps its description, unless -Description is given.
///   Ranges that are piped in, such as those of Get-PgAuthorisedIp or rows of a file, become the list of their instance: they are gathered, and
///   written once for each instance when the last has come. Where one of them cannot be read, where none comes, or where the command before ends
///   in an error, the list stays as it is; it is never emptied by what is piped in. A command that leaves out something and goes on is not noticed:
///   give it -ErrorAction Stop. Entries of zones that others made at IBM Cloud are passed over, for they stay.
///   After an error the list is wholly as before or wholly as asked; run again it writes what differs.
/// </remarks>
/// <example>
///   <code>Set-PgAuthorisedIp orders -Address 203.0.113.7, 203.0.113.32/28 -Description 'runbook hosts'</code>
///   <para>Lets in one address and one range, and nobody else.</para>
/// </example>
/// <example>
///   <code>Get-PgAuthorisedIp orders | Where-Object Description -ne 'contractor' | Set-PgAuthorisedIp</code>
///   <para>Keeps what is piped on, with its descriptions, and takes out the rest, in one write.</para>
/// </example>
/// <example>
///   <code>Import-Csv allowed.csv -ErrorAction Stop | Set-PgAuthorisedIp</code>
///   <para>Gives each instance of a file with the columns Instance, Address and Description just its rows.</para>
/// </example>
/// <example>
///   <code>Set-PgAuthorisedIp orders -Address @() -Confirm:$false</code>
///   <para>Lets nobody in.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "PgAuthorisedIp", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[Alias("Set-PgAuthorizedIp")]
[OutputType(typeof(PgAuthorisedIp))]
public sealed class SetPgAuthorisedIpCommand : AuthorisedIpCmdlet
{
    private readonly List<Piped> _piped = [];
    private bool _isListGiven;

    /// <summary>IPv4 or IPv6 addresses, alone or with a prefix length; none to let nobody in.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [Alias("Cidr")]
    public string[] Address { get; set; } = [];

    /// <summary>A range that is piped in.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PgAuthorisedIp? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Written => Address;

    /// <summary>Gathering takes no time.</summary>
    private protected override int Parallelism => _isListGiven ? base.Parallelism : 1;

    /// <inheritdoc/>
    private protected override void OnPipelineThreadBegin()
    {
        base.OnPipelineThreadBegin();
        _isListGiven = IsGiven(nameof(Address));
    }

    /// <inheritdoc/>
    private protected override Task ProcessAsync(CancellationToken cancellation)
    {
        if (_isListGiven)
        {
            return base.ProcessAsync(cancellation);
        }

        _piped.AddRange(Instance.Select(i => new Piped(i, Address, Description, InputObject is { IsForeign: true })));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    private protected override async Task EndAsync(CancellationToken cancellation)
    {
        var found = new List<(PgInstance Instance, IReadOnlyList<Piped> Entries)>();
        foreach (IGrouping<string, Piped> same in _piped.GroupBy(p => p.Instance.NameOrId))
        {
            InstanceArgument argument = same.First().Instance;
            await ForEachAsync(
                argument.Instance ?? (object)argument.NameOrId,
                async () => found.Add((await ResolveAsync(argument, cancellation), [.. same])));
        }

        // One that is named by its name in one row and by its id in another is one.
        foreach (var same in found.GroupBy(f => f.Instance.Id))
        {
            PgInstance instance = same.First().Instance;
            await ForEachAsync(instance, () => ChangeAsync(instance, ListOf(instance, same.SelectMany(f => f.Entries)), cancellation));
        }
    }

    /// <inheritdoc/>
    private protected override string Describe(IReadOnlyList<AuthorisedIpRequest> ranges) => ranges.Count == 0 ? "nowhere" : $"{List(ranges)} only";

    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<PgAuthorisedIp>> ApplyAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, CancellationToken cancellation) =>
        SessionFor(instance).Cloud.SetAuthorisedIpsAsync(instance, ranges, EnforcementMode, Reporter, cancellation);

    // One that cannot be read leaves the list as it is: what is left of it would keep somebody out.
    private IReadOnlyList<AuthorisedIpRequest> ListOf(PgInstance instance, IEnumerable<Piped> entries)
    {
        AuthorisedIpRequest[] ranges = [.. entries
            .Where(e => !e.IsForeign)
            .SelectMany(e => Read(instance, e.Addresses, e.Description))
            .DistinctBy(r => r.Address)];
        return ranges.Length > 0 ? ranges : throw PgErrors.AddressesMissing(instance.Name);
    }

    private sealed record Piped(InstanceArgument Instance, IReadOnlyList<string> Addresses, string? Description, bool IsForeign);
}
