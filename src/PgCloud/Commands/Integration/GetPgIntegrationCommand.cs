// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Integration;

/// <summary>Lists the links of an instance to other services of the project, or the kinds of link it can have.</summary>
/// <remarks>Provider Ovh only. A link leads for example from an instance to the service that takes its logs or its metrics.</remarks>
/// <example>
///   <code>Get-PgInstance | Get-PgIntegration</code>
///   <para>Lists the links of all instances.</para>
/// </example>
/// <example>
///   <code>Get-PgIntegration orders -Available</code>
///   <para>Lists the kinds of link, with the engines they lead from and to and the parameters they take.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgIntegration", DefaultParameterSetName = PresentSet)]
[OutputType(typeof(PgIntegration), typeof(PgIntegrationCapability))]
public sealed class GetPgIntegrationCommand : InstanceCmdlet
{
    private const string PresentSet = "Present";
    private const string AvailableSet = "Available";

    /// <summary>Only links with these ids; wildcards are allowed. An id without them that does not exist is an error.</summary>
    /// <value>*</value>
    [Parameter(Position = 1, ParameterSetName = PresentSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = ["*"];

    /// <summary>Only links of these kinds; wildcards are allowed.</summary>
    /// <value>*</value>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IntegrationTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Type { get; set; } = ["*"];

    /// <summary>The kinds of link there can be, in the place of the links there are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AvailableSet)]
    public SwitchParameter Available { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        IIntegrations integrations = SessionFor(instance).Cloud.Integrations;
        var types = new NameFilter(Type, StringComparison.OrdinalIgnoreCase);
        if (Available)
        {
            IReadOnlyList<PgIntegrationCapability> kinds = await integrations.GetCapabilitiesAsync(instance, Reporter, cancellation);
            await WriteAllAsync(kinds.Where(k => types.Includes(k.Type)));
            return;
        }

        var ids = new NameFilter(Id, StringComparison.OrdinalIgnoreCase);
        IReadOnlyList<PgIntegration> all = await integrations.GetAsync(instance, Reporter, cancellation);
        await WriteAllAsync(all.Where(i => ids.Includes(i.Id) && types.Includes(i.Type)));
        await WriteMissingAsync(ids, all.Select(i => i.Id), missing => PgErrors.IntegrationNotFound(missing, instance.Name));
    }
}
