// SPDX-License-Identifier: MIT

using System.Collections;
using System.Globalization;
using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Changes an instance: its name, size, version, backups, maintenance and protection.</summary>
/// <remarks>
///   Only what differs is sent, and nothing where all is so already. All changes go in one call; where the cloud wants one at a time, they
///   follow one another, and if one fails the error says which were done: run the cmdlet again then. Version, plan, flavor, nodes and disk are
///   checked against what is offered first. A version and a disk can only grow. The server may restart or fail over meanwhile. While another
///   change is under way the cmdlet waits for its end, as long as -TimeoutSec says, and makes its own then; with -TimeoutSec 0 it fails at once.
///   After an error each value is as before or as asked, and none is lost; where a cloud takes one at a time, PgCloud.Instance.ChangeIncomplete says which. Run again it sends what
///   differs.
/// </remarks>
/// <example>
///   <code>Set-PgInstance orders -Flavor db1-15 -Wait</code>
///   <para>Gives the instance larger machines and waits until it is ready again.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance prod-* | Set-PgInstance -DeletionProtection $true -MaintenanceTime 03:00 -WhatIf</code>
///   <para>Shows what would be changed, and changes nothing.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "PgInstance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgInstance))]
public sealed class SetPgInstanceCommand : InstanceCmdlet
{
    private string? _parameters;

    /// <summary>The name from now on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewName { get; set; }

    /// <summary>The PostgreSQL version; newer than the present one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.OfferingCompleter))]
    public string? Version { get; set; }

    /// <summary>The plan; OVHcloud: a larger one, with a -Flavor of it where it has none of the present size. What cannot be had is refused before anything is changed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.OfferingCompleter))]
    public string? Plan { get; set; }

    /// <summary>The size of its machines; one of the plan's, with room for the present disk.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("HostFlavor")]
    [ArgumentCompleter(typeof(Completion.OfferingCompleter))]
    public string? Flavor { get; set; }

    /// <summary>How many nodes.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    [Alias("Members")]
    public int? NodeCount { get; set; }

    /// <summary>The storage in GB; not less than now.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    [Alias("DiskSize", "StorageGB")]
    public long? DiskSizeGB { get; set; }

    /// <summary>When backups start every day, in UTC, such as 03:25.</summary>
    [Parameter]
    [TimeOfDayTransformation]
    public TimeSpan? BackupTime { get; set; }

    /// <summary>The regions in which backups are kept; OVHcloud: one or two, one of them the instance's own, checked before the call.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.BackupRegionCompleter))]
    public string[]? BackupRegion { get; set; }

    /// <summary>When maintenance can start every day, in UTC.</summary>
    [Parameter]
    [TimeOfDayTransformation]
    public TimeSpan? MaintenanceTime { get; set; }

    /// <summary>Whether removal is refused.</summary>
    [Parameter]
    public bool? DeletionProtection { get; set; }

    /// <summary>Whether metrics are served to Prometheus.</summary>
    [Parameter]
    public bool? Prometheus { get; set; }

    /// <summary>IBM Cloud: settings of PostgreSQL, such as @{ max_connections = 200 }; only what differs is sent. Some need a rolling restart.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Configuration { get; set; }

    /// <summary>IBM Cloud: the tags it shall have, and no others.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? Tag { get; set; }

    /// <summary>IBM Cloud: parameters of the service, as for New-PgInstance.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Parameter { get; set; }

    /// <summary>Waits until the instance is ready again.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait at most, in seconds.</summary>
    /// <value>2400</value>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; } = 2400;

    /// <summary>Writes the instance.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnPipelineThreadBegin()
    {
        base.OnPipelineThreadBegin();
        _parameters = Parameter is null ? null : JsonArgument.Read(Parameter, GetUnresolvedProviderPathFromPSPath);
    }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        if (!await ShouldProcessAsync(instance.Name, $"Change {string.Join(", ", Words())}"))
        {
            return;
        }

        PgCloudSession session = SessionFor(instance);
        var timeout = TimeSpan.FromSeconds(TimeoutSec);
        var request = new InstanceChangeRequest
        {
            NewName = NewName,
            Version = Version,
            Plan = Plan,
            Flavor = Flavor,
            NodeCount = NodeCount,
            DiskSizeGB = DiskSizeGB,
            BackupTime = BackupTime,
            BackupRegions = BackupRegion,
            MaintenanceTime = MaintenanceTime,
            DeletionProtection = DeletionProtection,
            Prometheus = Prometheus,
            Configuration = SettingTable.Read(Configuration),
            Tags = Tag,
            ParametersJson = _parameters,
            Timeout = timeout,
        };
        PgInstance changed = await session.Cloud.SetInstanceAsync(instance, request, Reporter, cancellation);
        PgChange change = changed.Change;
        Record([Stamp(changed, session, change)]);
        if (Wait)
        {
            changed = await WaitForAsync(changed, session, PgInstanceStatus.Ready, timeout, cancellation);
        }

        if (PassThru)
        {
            await WriteAsync(Stamp(changed, session, change));
        }
    }

    private IEnumerable<string> Words()
    {
        (string Name, object? Value)[] all =
        [
            ("name", NewName),
            ("version", Version),
            ("plan", Plan),
            ("flavor", Flavor),
            ("nodes", NodeCount),
            ("disk (GB)", DiskSizeGB),
            ("backup time", BackupTime),
            ("backup regions", BackupRegion is null ? null : string.Join(", ", BackupRegion)),
            ("maintenance time", MaintenanceTime),
            ("deletion protection", DeletionProtection),
            ("Prometheus", Prometheus),
            ("settings", Configuration is null ? null : string.Join(", ", SettingTable.Read(Configuration).Select(c => $"{c.Key}={c.Value}"))),
            ("tags", Tag is null ? null : string.Join(", ", Tag)),
            ("parameters", _parameters),
        ];
        string[] given = [.. all.Where(p => p.Value is not null).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name} to {p.Value}"))];
        return given.Length == 0 ? ["nothing"] : given;
    }
}
