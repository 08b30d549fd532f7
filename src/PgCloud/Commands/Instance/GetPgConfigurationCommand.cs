// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Lists the parameters of an instance's server that were set through its provider, or all that can be.</summary>
/// <remarks>
///   Each says what it may be: its type, its bounds or its values. For one that is not set the server's default holds, which the cloud does not
///   tell; SHOW by Invoke-PgQuery does. Provider Ovh calls this the advanced configuration; provider Local has none.
/// </remarks>
/// <example>
///   <code>Get-PgConfiguration orders</code>
///   <para>Lists what somebody has set.</para>
/// </example>
/// <example>
///   <code>Get-PgConfiguration orders -Name pg.*timeout* -All | Format-List</code>
///   <para>Shows all parameters about time limits, with what each may be.</para>
/// </example>
/// <example>
///   <code>Get-PgConfiguration orders | Set-PgConfiguration -Instance orders-restored</code>
///   <para>Sets on another instance what is set on this one, in one call.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgConfiguration")]
[OutputType(typeof(PgConfiguration))]
public sealed class GetPgConfigurationCommand : InstanceCmdlet
{
    /// <summary>Only parameters of these names. Wildcards are allowed; a name without them is shown although it is not set, and is an error
    /// where it cannot be.</summary>
    /// <value>*</value>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.ConfigurationCompleter))]
    [ValidateNotNull]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Also those that are not set.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        var names = new NameFilter(Name, StringComparison.OrdinalIgnoreCase);
        IReadOnlyList<PgConfiguration> all = await SessionFor(instance).Cloud.Configuration.GetAsync(instance, Reporter, cancellation);
        await WriteAllAsync(all.Where(c => All || c.IsSet ? names.Includes(c.Name) : names.IncludesExactly(c.Name)));
        await WriteMissingAsync(
            names, all.Select(c => c.Name), missing => PgErrors.ConfigurationNameNotFound(missing, instance.Name, all.Select(c => c.Name)));
    }
}
