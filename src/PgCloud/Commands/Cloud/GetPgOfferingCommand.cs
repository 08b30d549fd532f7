// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Cloud;

/// <summary>Lists what a cloud offers: which region, version, plan and flavor can be had together, and their bounds.</summary>
/// <remarks>With the words of one line New-PgInstance makes an instance. Nothing is changed.</remarks>
/// <example>
///   <code>Get-PgOffering -Region GRA -Version 17</code>
///   <para>Lists the plans and flavors of one region for PostgreSQL 17.</para>
/// </example>
/// <example>
///   <code>Get-PgOffering -Plan business | Sort-Object MinDiskSizeGB | Select-Object -First 1 | New-PgInstance -Name orders -WhatIf</code>
///   <para>Shows that the smallest offer of a plan would be ordered.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgOffering")]
[OutputType(typeof(PgOffering))]
public sealed class GetPgOfferingCommand : CloudCmdlet
{
    /// <summary>Only these regions; wildcards are allowed. A region without them in which nothing is offered is an error.</summary>
    /// <value>*</value>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.OfferingCompleter))]
    public string[] Region { get; set; } = ["*"];

    /// <summary>Only these versions; wildcards are allowed.</summary>
    /// <value>*</value>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.OfferingCompleter))]
    public string[] Version { get; set; } = ["*"];

    /// <summary>Only these plans; wildcards are allowed.</summary>
    /// <value>*</value>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.OfferingCompleter))]
    public string[] Plan { get; set; } = ["*"];

    /// <summary>Only these flavors; wildcards are allowed.</summary>
    /// <value>*</value>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.OfferingCompleter))]
    public string[] Flavor { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override async Task EndAsync(CancellationToken cancellation)
    {
        NameFilter regions = Filter(Region), versions = Filter(Version), plans = Filter(Plan), flavors = Filter(Flavor);
        IReadOnlyList<PgOffering> all = await SessionOrDefault.Cloud.GetOfferingsAsync(Reporter, cancellation);
        await WriteAllAsync(all.Where(o =>
            regions.Includes(o.Region) && versions.Includes(o.Version) && plans.Includes(o.Plan) && flavors.Includes(o.Flavor)));
        string[] offered = [.. all.Select(o => o.Region).Distinct().Order(StringComparer.Ordinal)];
        await WriteMissingAsync(regions, offered, missing => PgErrors.RegionWithoutOffer(missing, offered));
    }

    private static NameFilter Filter(string[] names) => new(names, StringComparison.OrdinalIgnoreCase);
}
