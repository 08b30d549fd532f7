// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Cloud;

/// <summary>Lists the projects, or the resource groups, of a session's account.</summary>
/// <remarks>
///   What instances are ordered in: a Public Cloud project at OVHcloud, a resource group at IBM Cloud. Connect-PgCloud -Project and
///   -ResourceGroup take them, by name or id. What the session's credential may not see is not among them; a consumer key needs the
///   rule GET /cloud/project for it. Provider Local has none.
/// </remarks>
/// <example>
///   <code>Get-PgCloudProject</code>
///   <para>Lists all, in the order of their names.</para>
/// </example>
/// <example>
///   <code>Get-PgCloudProject shop-* | ForEach-Object { Connect-PgCloud -Provider Ovh -Project $_.Id -Name $_.Name }</code>
///   <para>Opens a session for each project whose name begins with shop-.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgCloudProject")]
[OutputType(typeof(PgCloudProject))]
public sealed class GetPgCloudProjectCommand : CloudCmdlet
{
    /// <summary>Only those of these names or ids; wildcards are allowed in names. A name without them that is not there is an error.</summary>
    /// <value>*</value>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.SessionProjectCompleter))]
    [ValidateNotNull]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override async Task EndAsync(CancellationToken cancellation)
    {
        var names = new NameFilter(Name, StringComparison.Ordinal);
        IReadOnlyList<PgCloudProject> all = await SessionOrDefault.Cloud.GetProjectsAsync(Reporter, cancellation);
        foreach (PgCloudProject project in all.Where(p => names.Includes(p.Name) || names.Includes(p.Id)))
        {
            await WriteAsync(project);
        }

        foreach (string missing in names.Missing(all.SelectMany(p => new[] { p.Name, p.Id })))
        {
            await WriteErrorAsync(PgErrors.ProjectUnknown(missing, all));
        }
    }
}
