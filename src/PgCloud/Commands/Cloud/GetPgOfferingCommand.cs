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
    /// <summary>Only these regions; wildcards are allowed. One without them that there is not is an error, as with the other parameters.</summary>
    /// <value>*</value>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.OfferingCompleter))]
    [ValidateNotNull]
    public string[] Region { get; set; } = ["*"];

    /// <summary>Only these versions; wildcards are allowed.</summary>
    /// <value>*</value>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.OfferingCompleter))]
    [ValidateNotNull]
    public string[] Version { get; set; } = ["*"];

    /// <summary>Only these plans; wildcards are allowed.</summary>
    /// <value>*</value>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.OfferingCompleter))]
    [ValidateNotNull]
    public string[] Plan { get; set; } = ["*"];

    /// <summary>Only these flavors; wildcards are allowed.</summary>
    /// <value>*</value>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.OfferingCompleter))]
    [ValidateNotNull]
    public string[] Flavor { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override async Task EndAsync(CancellationToken cancellation)
    {
        NameFilter regions = Filter(Region), versions = Filter(Version), plans = Filter(Plan), flavors = Filter(Flavor);
        IReadOnlyList<PgOffering> all = await SessionOrDefault.Cloud.GetOfferingsAsync(Reporter, cancellation);
        await WriteAllAsync(all.Where(o =>
            regions.Includes(o.Region) && versions.Includes(o.Version) && plans.Includes(o.Plan) && flavors.Includes(o.Flavor)));
        await SayMissingAsync("region", regions, all.Select(o => o.Region));
        await SayMissingAsync("version", versions, all.Select(o => o.Version));
        await SayMissingAsync("plan", plans, all.Select(o => o.Plan));
        await SayMissingAsync("flavor", flavors, all.Select(o => o.Flavor));
    }

    private async Task SayMissingAsync(string part, NameFilter asked, IEnumerable<string?> offered)
    {
        string[] there = [.. offered.OfType<string>().Where(o => o.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        foreach (string missing in asked.Missing(there))
        {
            await WriteErrorAsync(PgErrors.OfferingMismatch(part, missing, [], there.Length == 0 ? ["none"] : there, isOfferedAtAll: false));
        }
    }

    private static NameFilter Filter(string[] names) => new(names, StringComparison.OrdinalIgnoreCase);
}
