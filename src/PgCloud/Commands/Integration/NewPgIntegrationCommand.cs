// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Integration;

/// <summary>Links an instance with another service of the project, and waits until the link is ready.</summary>
/// <remarks>
///   <para>
///     Provider Ovh only. -Instance is one end; the other one is given as -DestinationInstance where data goes to it, and as -SourceInstance
///     where data comes from it. It may be of any engine: Get-PgIntegration -Available says of which.
///   </para>
///   <para>
///     A link of that kind between the two that is there already is reported as Unchanged. One with other parameters is an error, as links
///     cannot be changed. While something else is under way the cmdlet waits.
///   </para>
///   <para>
///     After an error there is no such integration, or Get-PgIntegration lists it; run again it makes no second one.
///   </para>
/// </remarks>
/// <example>
///   <code>New-PgIntegration orders -DestinationInstance logs -Type opensearchLogs</code>
///   <para>Has the logs of an instance sent to the OpenSearch service named logs.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance | New-PgIntegration -DestinationInstance metrics -Type postgresqlMetrics -WhatIf</code>
///   <para>Shows which instances would send their metrics to one service, and links none.</para>
/// </example>
/// <example>
///   <code>New-PgIntegration orders -DestinationInstance cdc -Type kafkaConnect -Parameter @{ topic = 'orders' }</code>
///   <para>Makes a link of a kind that takes a parameter.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "PgIntegration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgIntegration))]
public sealed class NewPgIntegrationCommand : InstanceCmdlet
{
    /// <summary>The kind of the link, in the provider's word. A word that is not known here is passed on as it is.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(IntegrationTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string Type { get; set; } = string.Empty;

    /// <summary>The service that the data comes from, by name or id; the instance itself where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? SourceInstance { get; set; }

    /// <summary>The service that the data goes to, by name or id; the instance itself where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? DestinationInstance { get; set; }

    /// <summary>What else the kind of link asks for, by name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public IDictionary? Parameter { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        var request = new NewIntegrationRequest(Type, SourceInstance, DestinationInstance, TextDictionary.Read(Parameter));
        string what = $"Make the integration {Type} from {SourceInstance ?? instance.Name} to {DestinationInstance ?? instance.Name}";
        About<PgIntegration>(Type);
        if (await ShouldProcessAsync(instance.Name, what))
        {
            await WriteChangedAsync(await SessionFor(instance).Cloud.Integrations.CreateAsync(instance, request, Reporter, cancellation));
        }
    }
}
