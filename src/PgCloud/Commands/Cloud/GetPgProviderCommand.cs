// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Loading;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Cloud;

/// <summary>Lists the providers and what each offers.</summary>
/// <remarks>Where a provider does not offer something, the feature's note says the way round.</remarks>
/// <example>
///   <code>(Get-PgProvider Local).Feature</code>
///   <para>Shows what provider Local offers and how.</para>
/// </example>
/// <example>
///   <code>Get-PgProvider</code>
///   <para>Lists the providers that Connect-PgCloud takes.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgProvider")]
[OutputType(typeof(PgProvider))]
public sealed class GetPgProviderCommand : PSCmdlet
{
    /// <summary>Only providers of these names; wildcards are allowed.</summary>
    /// <value>*</value>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNull]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var names = new NameFilter(Name, StringComparison.OrdinalIgnoreCase);
        IReadOnlyList<PgProvider> all = EngineLoadContext.Engine.Providers;
        foreach (PgProvider provider in all.Where(p => names.Includes(p.Name.ToString())))
        {
            WriteObject(provider);
        }

        foreach (string missing in names.Missing(all.Select(p => p.Name.ToString())))
        {
            WriteError(PgErrors.ProviderNotFound(missing, all).ToErrorRecord());
        }
    }
}
