// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.User;

/// <summary>Lists the users of an instance that were made through its provider.</summary>
/// <remarks>
///   Roles that were made by SQL are not among them: Get-PgRole lists those. No password is told. The clouds do not say which rights a user has in
///   the database, and so its Kind is Other there: Get-PgRole tells them.
/// </remarks>
/// <example>
///   <code>Get-PgInstance | Get-PgCloudUser</code>
///   <para>Lists the users of all instances.</para>
/// </example>
/// <example>
///   <code>Get-PgCloudUser orders -Name app*</code>
///   <para>Lists the users of one instance whose names begin with app.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgCloudUser")]
[OutputType(typeof(PgCloudUser))]
public sealed class GetPgCloudUserCommand : InstanceCmdlet
{
    /// <summary>Only users of these names; wildcards are allowed. A name without them that does not exist is an error.</summary>
    /// <value>*</value>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [Alias("UserName")]
    [ArgumentCompleter(typeof(CloudUserNameCompleter))]
    [ValidateNotNull]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        var names = new NameFilter(Name, StringComparison.Ordinal);
        IReadOnlyList<PgCloudUser> all = await SessionFor(instance).Cloud.GetUsersAsync(instance, Reporter, cancellation);
        await WriteAllAsync(all.Where(u => names.Includes(u.Name)));
        await WriteMissingAsync(names, all.Select(u => u.Name), missing => PgErrors.UserNotFound(missing, instance.Name));
    }
}
