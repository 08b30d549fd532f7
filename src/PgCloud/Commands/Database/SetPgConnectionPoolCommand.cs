// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Database;

/// <summary>Changes connection pools.</summary>
/// <remarks>
///   What is not given stays as it is, and only what differs is sent; a pool that is so already is reported as Unchanged. OVHcloud offers
///   pools; provider Local does not.
///   After an error the pool is wholly as before or wholly as asked, for it is written as one; run again it sends what differs.
/// </remarks>
/// <example>
///   <code>Set-PgConnectionPool orders web -Size 40 -PassThru</code>
///   <para>Makes a pool larger, and writes it as it is then.</para>
/// </example>
/// <example>
///   <code>Get-PgConnectionPool orders web* | Set-PgConnectionPool -Mode Transaction -AnyUser</code>
///   <para>Changes the mode of several pools and has them let in all users.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "PgConnectionPool", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgConnectionPool))]
public sealed class SetPgConnectionPoolCommand : InstancePartCmdlet
{
    /// <summary>The pools' names. A pool that is piped in is taken by its name; the name of another object is not.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    [Alias("PoolName")]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The database it leads to, one that the provider knows.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CloudDatabaseNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary>When a client gives its server connection back; see New-PgConnectionPool.</summary>
    [Parameter]
    public PgPoolMode? Mode { get; set; }

    /// <summary>How many server connections the pool holds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Size { get; set; }

    /// <summary>The one user it lets in, one that the provider made.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CloudUserNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>Lets all users in.</summary>
    [Parameter]
    public SwitchParameter AnyUser { get; set; }

    /// <summary>Writes the pools.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        if (AnyUser && UserName is not null)
        {
            throw new TerminatingException(PgErrors.ParametersExclude(nameof(AnyUser), nameof(UserName)));
        }

        IConnectionPools pools = SessionFor(instance).Cloud.ConnectionPools;
        var request = new PoolChangeRequest
        {
            Database = Database,
            Mode = Mode,
            Size = Size,
            UserName = UserName,
            AnyUser = AnyUser,
        };
        await ForEachNameAsync<PgConnectionPool>(Name, PgErrors.PoolNameNotGiven, async name =>
        {
            About<PgConnectionPool>(name);
            if (await ShouldProcessAsync(instance.Name, $"Change the connection pool '{name}': {Describe(request)}"))
            {
                PgConnectionPool changed = await pools.SetAsync(instance, name, request, Reporter, cancellation);
                changed.Instance ??= instance;
                await WriteChangedAsync(changed, PassThru);
            }
        });
    }

    private static string Describe(PoolChangeRequest request)
    {
        string?[] parts =
        [
            request.Database is null ? null : $"database '{request.Database}'",
            request.Mode is null ? null : $"mode {request.Mode}",
            request.Size is { } size ? string.Create(CultureInfo.InvariantCulture, $"size {size}") : null,
            request.UserName is null ? null : $"user '{request.UserName}'",
            request.AnyUser ? "all users" : null,
        ];
        return parts.Any(p => p is not null) ? string.Join(", ", parts.Where(p => p is not null)) : "nothing";
    }
}
