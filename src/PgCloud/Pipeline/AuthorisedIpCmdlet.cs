// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>What Add- and Set-PgAuthorisedIp share: they differ in what becomes of the ranges that are not named.</summary>
public abstract class AuthorisedIpCmdlet : InstanceCmdlet
{
    // A range that is piped in for its instance only has a description too, of another address.
    private bool _isOfAnother;

    /// <summary>What the addresses are for. Without it a range that is there already keeps its description.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>Lets in every address without asking about that separately.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>IBM Cloud: whether the restriction is in force. Report is refused, for the service does not offer it for databases.</summary>
    [Parameter]
    public PgEnforcementMode? EnforcementMode { get; set; }

    /// <summary>Writes the ranges that the change was about.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnPipelineThreadBegin()
    {
        base.OnPipelineThreadBegin();
        _isOfAnother = IsGiven("Address") && !IsGiven(nameof(Description));
    }

    /// <summary>The addresses as the user wrote them.</summary>
    private protected abstract IReadOnlyList<string> Written { get; }

    /// <summary>From where connections are let in then, in words.</summary>
    private protected abstract string Describe(IReadOnlyList<AuthorisedIpRequest> ranges);

    /// <summary>Writes the list.</summary>
    private protected abstract Task<IReadOnlyList<PgAuthorisedIp>> ApplyAsync(
        PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, CancellationToken cancellation);

    /// <inheritdoc/>
    private protected override Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation) =>
        ChangeAsync(instance, Read(instance, Written, _isOfAnother ? null : Description), cancellation);

    /// <summary>Reads addresses as the instance's provider takes them.</summary>
    private protected IReadOnlyList<AuthorisedIpRequest> Read(PgInstance instance, IEnumerable<string> addresses, string? description) =>
        AddressArgument.Read(addresses, description, SessionFor(instance).Provider);

    /// <summary>Asks, changes the list and writes what became of it.</summary>
    private protected async Task ChangeAsync(PgInstance instance, IReadOnlyList<AuthorisedIpRequest> ranges, CancellationToken cancellation)
    {
        About<PgAuthorisedIp>(List(ranges));
        if (!await ShouldProcessAsync(instance.Name, $"Let in connections from {Describe(ranges)}")
            || !await MayLetInAsync(instance.Name, ranges, Force))
        {
            return;
        }

        IReadOnlyList<PgAuthorisedIp> changed = await ApplyAsync(instance, ranges, cancellation);
        foreach (PgAuthorisedIp ip in changed)
        {
            ip.Instance = instance;
        }

        Record(changed);
        await WriteAllAsync(PassThru ? changed : []);
    }

    /// <summary>The ranges, separated by commas.</summary>
    private protected static string List(IEnumerable<AuthorisedIpRequest> ranges) => string.Join(", ", ranges.Select(r => r.Address));
}
