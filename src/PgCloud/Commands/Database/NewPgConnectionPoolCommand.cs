// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Database;

/// <summary>Makes a connection pool, through which many clients share few server connections.</summary>
/// <remarks>
///   <para>
///     The cmdlet ends when the pool can be used. A pool of that name that is there already is reported as Unchanged where it is as asked for;
///     where it differs, it is an error that says how it is, and Set-PgConnectionPool changes it. A database or user that the provider does
///     not know is an error that lists those it knows. OVHcloud offers pools; provider Local does not.
///   </para>
///   <para>
///     A database that is piped in is the one the pool leads to, and a user that is piped in is the one it lets in.
///   </para>
///   <para>
///     After an error there is no such pool, or Get-PgConnectionPool lists it; run again it makes no second one.
///   </para>
/// </remarks>
/// <example>
///   <code>New-PgConnectionPool orders -Name web -Mode Transaction -Size 20</code>
///   <para>Makes a pool to the instance's default database, for all users.</para>
/// </example>
/// <example>
///   <code>New-PgCloudDatabase orders shop | New-PgConnectionPool -Name shop-web -Mode Session -Size 10 -UserName app</code>
///   <para>Makes a database and a pool to it that lets in the user app only.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "PgConnectionPool", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgConnectionPool))]
public sealed class NewPgConnectionPoolCommand : InstancePartCmdlet
{
    /// <summary>The pool's name, which clients give as the name of the database.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("PoolName")]
    [AllowEmptyString]
    public string Name { get; set; } = string.Empty;

    /// <summary>The database it leads to, one that the provider knows. Without it the database that is piped in, or the instance's default
    /// one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CloudDatabaseNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary>When a client gives its server connection back. With Session everything works as without a pool; with Transaction and Statement
    /// nothing works that lasts longer, such as SET, LISTEN and session locks.</summary>
    [Parameter(Mandatory = true)]
    public PgPoolMode Mode { get; set; }

    /// <summary>How many server connections the pool holds. They count towards the server's limit, and those of other pools with them.</summary>
    [Parameter(Mandatory = true)]
    [ValidateRange(1, int.MaxValue)]
    public int Size { get; set; }

    /// <summary>The one user it lets in, one that the provider made. Without it the user that is piped in, or all users.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CloudUserNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        IConnectionPools pools = SessionFor(instance).Cloud.ConnectionPools;
        var request = new NewPoolRequest(Name, Database ?? (InputObject?.BaseObject as PgCloudDatabase)?.Name ?? instance.Database, Mode, Size)
        {
            UserName = UserName ?? (InputObject?.BaseObject as PgCloudUser)?.Name,
        };
        string who = request.UserName is null ? "all users" : $"the user '{request.UserName}'";
        About<PgConnectionPool>(Name);
        if (await ShouldProcessAsync(
            instance.Name, $"Make the connection pool '{Name}' to the database '{request.Database}' for {who} ({Mode}, size {Size})"))
        {
            PgConnectionPool made = await pools.CreateAsync(instance, request, Reporter, cancellation);
            made.Instance = instance;
            await WriteChangedAsync(made);
        }
    }
}
