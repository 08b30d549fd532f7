// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Makes a PostgreSQL instance.</summary>
/// <remarks>
///   Nobody is let in until -AuthorisedIp or Add-PgAuthorisedIp says who. A cloud makes an instance in minutes: -Wait waits until it is
///   ready; without it the result is Creating, and the cmdlets that need it ready wait by themselves.
///   Provider Ovh checks region, version, plan, flavor, nodes and disk against what is offered before it orders anything; Get-PgOffering shows
///   that table. What is not given is the offer's own: its newest version, its default plan and flavor, its least number of nodes. From
///   -FromInstance, what is not given of size, version, region and private network is as it is there; authorised addresses and users are not
///   taken over. A name that is taken is an error,
///   although the cloud would allow it; but where a cloud is still making an instance of that name which is as asked, that one is taken up, so that a
///   runbook whose shell ended can be run again.
///   Provider Ibm orders Databases for PostgreSQL Gen 2: 2 or 3 members (-NodeCount), 10 to 9600 GB each (-DiskSizeGB); what is not given is the service's
///   own: 2 members, 10 GB and the smallest host flavor of the location. Its private endpoint is open to whoever reaches it until an address is
///   authorised. The service makes it in 15 to 20 minutes.
///   Provider Local makes a database cluster with checksums, SCRAM passwords and TLS from a certificate authority of its own, and starts it. The
///   server outlives the shell. If the creation is broken off, what is left is shown by Get-PgInstance as Failed and cleared by
///   Remove-PgInstance. Run as root, the server runs under the account postgres or nobody.
///   After an error nothing was made, or Get-PgInstance lists the instance; no order is sent twice. Where the end of the order was not seen, the
///   cloud is asked what it made before anything is said, and PgCloud.Cloud.OutcomeUnknown means that nothing has shown yet: look once more
///   before running it again.
/// </remarks>
/// <example>
///   <code>New-PgInstance -Name orders</code>
///   <para>Provider Local: makes an instance of the PostgreSQL that is found first, on a free port.</para>
/// </example>
/// <example>
///   <code>New-PgInstance -Name orders -Region GRA -Plan business -Flavor db1-7 -Version 17 -AuthorisedIp 203.0.113.7 -Wait</code>
///   <para>Provider Ovh: orders an instance, lets one address in and waits until it is ready.</para>
/// </example>
/// <example>
///   <code>New-PgInstance -Name orders -Location ca-mon -StorageGB 40 -Members 3 -HostFlavor bx3d.8x40 -Wait</code>
///   <para>Provider Ibm: orders an instance with three members.</para>
/// </example>
/// <example>
///   <code>New-PgInstance -Name orders -Location ca-mon -Parameter '{"storage_gb":40,"members":3,"host_flavor":"bx3d.8x40"}'</code>
///   <para>Provider Ibm: the same with the JSON of IBM's guide.</para>
/// </example>
/// <example>
///   <code>New-PgInstance -Name orders -Version 17 | Add-PgAuthorisedIp -Address 127.0.0.1 -PassThru | New-PgManagerUser -Name ops</code>
///   <para>Makes an instance, lets this machine in and makes a manager user, whose password is in the Credential of the result.</para>
/// </example>
/// <example>
///   <code>New-PgInstance -Name orders-before -FromInstance orders -PointInTime '2026-11-23 14:00'</code>
///   <para>Provider Ovh: makes an instance with the data that orders had at that moment.</para>
/// </example>
/// <example>
///   <code>Get-PgBackup orders | Select-Object -First 1 | New-PgInstance -Name orders-restored -AuthorisedIp 203.0.113.7 -Wait</code>
///   <para>Provider Ovh: makes an instance with the data of the newest backup of orders.</para>
/// </example>
/// <example>
///   <code>New-PgInstance -Name orders-17, orders-18 -WhatIf</code>
///   <para>Shows what would be made, and makes nothing.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "PgInstance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgInstance))]
public sealed class NewPgInstanceCommand : ThrottledCmdlet
{
    private string? _binaryPath;
    private string? _parameters;

    /// <summary>The instance's name. Provider Local: 1 to 63 letters, digits, '-', '_' and '.', beginning with a letter or digit.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string[] Name { get; set; } = [];

    /// <summary>The PostgreSQL version, such as 17 or 17.10. Without it the newest that is offered; provider Local: that of the server programs
    /// found first, see -BinaryPath.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.OfferingCompleter))]
    public string? Version { get; set; }

    /// <summary>A cloud: the region.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Location")]
    [ArgumentCompleter(typeof(Completion.OfferingCompleter))]
    public string? Region { get; set; }

    /// <summary>A cloud: the plan, such as business.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.OfferingCompleter))]
    public string? Plan { get; set; }

    /// <summary>A cloud: the size of its machines, such as db1-7.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("HostFlavor")]
    [ArgumentCompleter(typeof(Completion.OfferingCompleter))]
    public string? Flavor { get; set; }

    /// <summary>A cloud: how many nodes. Without it the least number that the plan has.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    [Alias("Members")]
    public int? NodeCount { get; set; }

    /// <summary>A cloud: the storage in GB. Without it what the flavor has.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    [Alias("DiskSize", "StorageGB")]
    public long? DiskSizeGB { get; set; }

    /// <summary>A cloud: the id of the private network it shall stand in (OVHcloud: the regional UUID, not the pn- number). Needs -SubnetId.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NetworkId { get; set; }

    /// <summary>A cloud: the id of the subnet of that network.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SubnetId { get; set; }

    /// <summary>A cloud: when backups start every day, in UTC, such as 03:25.</summary>
    [Parameter]
    [TimeOfDayTransformation]
    public TimeSpan? BackupTime { get; set; }

    /// <summary>A cloud: the regions in which backups are kept; OVHcloud: one or two, one of them the instance's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.BackupRegionCompleter))]
    public string[]? BackupRegion { get; set; }

    /// <summary>A cloud: when maintenance can start every day, in UTC.</summary>
    [Parameter]
    [TimeOfDayTransformation]
    public TimeSpan? MaintenanceTime { get; set; }

    /// <summary>A cloud: addresses or ranges to let in from the start, written as for Add-PgAuthorisedIp.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("AuthorizedIp")]
    public string[] AuthorisedIp { get; set; } = [];

    /// <summary>A cloud: refuses removal until Set-PgInstance -DeletionProtection $false. Waits until the instance is ready, for it is set then.</summary>
    [Parameter]
    public SwitchParameter DeletionProtection { get; set; }

    /// <summary>A cloud: the instance whose data it begins with. Without -FromBackup and -PointInTime its newest backup is taken. A backup that is
    /// piped in, or given as an object, knows it already.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(Completion.InstanceNameCompleter))]
    public InstanceArgument? FromInstance { get; set; }

    /// <summary>A cloud: the backup of -FromInstance: a PgBackup of Get-PgBackup, which can be piped in too, or its id.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(Completion.BackupCompleter))]
    public BackupArgument? FromBackup { get; set; }

    /// <summary>A cloud: the moment of -FromInstance, from Detail.PointInTimeFrom of that instance until now. Without a zone it is local time.</summary>
    [Parameter]
    public DateTimeOffset? PointInTime { get; set; }

    /// <summary>A backup that is piped in.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    [RevivedTransformation]
    public PgBackup? InputObject { get; set; }

    /// <summary>IBM Cloud: the resource group, by name or id. Without it the session's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.SessionProjectCompleter))]
    public string? ResourceGroup { get; set; }

    /// <summary>IBM Cloud: the CRN of the key of Key Protect or Hyper Protect Crypto Services that encrypts the disks; IAM must let the service use it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DiskEncryptionKeyCrn { get; set; }

    /// <summary>IBM Cloud: which network reaches it. Gen 2 has private only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ServiceEndpoint { get; set; }

    /// <summary>IBM Cloud: settings of PostgreSQL, such as @{ max_connections = 200 }, checked against their bounds before the order.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Configuration { get; set; }

    /// <summary>IBM Cloud: tags.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Tag { get; set; } = [];

    /// <summary>IBM Cloud: parameters of the service, as a hashtable, as JSON or as the path of a JSON file, as the command line takes them with -p.
    /// The names of the guide are put where Gen 2 has them, and it is said which; what the other parameters say goes first.
    /// A name that looks like one of the service's and is none is refused; one like none of them is sent with a warning, for it may be new.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Parameter { get; set; }

    /// <summary>Local: the TCP port. Without it a free one is chosen.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>Local: the addresses the server listens on; * for all. Without it 127.0.0.1 and ::1.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ListenAddress { get; set; } = [];

    /// <summary>Local: the directory that holds initdb, pg_ctl and postgres. Without it $env:PGCLOUD_PG_BIN, PATH and the usual places are
    /// searched, in this order; among several in one place the newest comes first.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BinaryPath { get; set; }

    /// <summary>Waits until the instance is ready. Provider Local always does.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long -Wait waits at most, in seconds.</summary>
    /// <value>2400</value>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; } = 2400;

    /// <summary>Lets in every address, where -AuthorisedIp says so, without asking.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyCollection<object> RecordKeys => [.. Name.Distinct()];

    /// <inheritdoc/>
    private protected override void OnPipelineThreadBegin()
    {
        base.OnPipelineThreadBegin();
        _binaryPath = BinaryPath is null ? null : GetUnresolvedProviderPathFromPSPath(BinaryPath);
        _parameters = Parameter is null ? null : JsonArgument.Read(Parameter, GetUnresolvedProviderPathFromPSPath);
    }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        PgCloudSession session = SessionOrDefault;
        foreach (string name in Name)
        {
            await ForEachAsync(name, async () =>
            {
                NewInstanceRequest request = await RequestAsync(name, cancellation);
                About<PgInstance>(name);
                if (await ShouldProcessAsync(name, $"Make a PostgreSQL instance at {session.Provider} ({session.Account})")
                    && await MayLetInAsync(name, request.AuthorisedIps, Force))
                {
                    PgInstance made = await session.Cloud.CreateInstanceAsync(request, Reporter, cancellation);
                    PgChange change = made.Change == PgChange.None ? PgChange.Created : made.Change;
                    Record([Stamp(made, session, change)]);
                    if (Wait)
                    {
                        made = await WaitForAsync(made, session, PgInstanceStatus.Ready, TimeSpan.FromSeconds(TimeoutSec), cancellation);
                    }

                    await WriteAsync(Stamp(made, session, change));
                }
            });
        }
    }

    private async Task<NewInstanceRequest> RequestAsync(string name, CancellationToken cancellation)
    {
        BackupArgument? backup = FromBackup ?? (InputObject is null ? null : new BackupArgument(InputObject));
        InstanceArgument? source = FromInstance ?? (backup?.Instance is { } its ? new InstanceArgument(its) : null);
        bool needsSource = SessionOrDefault.Provider != PgProviderName.Ibm || PointInTime is not null;
        if (source is null && needsSource && (backup is not null || PointInTime is not null))
        {
            throw PgErrors.ParameterNeeds(backup is not null ? "FromBackup" : "PointInTime", "FromInstance");
        }

        if (backup is not null && PointInTime is not null)
        {
            throw PgErrors.ParametersExclude("FromBackup", "PointInTime");
        }

        if (InputObject is not null && name == InputObject.ToString())
        {
            // PowerShell makes a name of what is piped in, where none is given.
            throw PgErrors.ParameterNeeds("FromBackup", "Name");
        }

        if (NetworkId is null != SubnetId is null)
        {
            throw NetworkId is null ? PgErrors.ParameterNeeds("SubnetId", "NetworkId") : PgErrors.ParameterNeeds("NetworkId", "SubnetId");
        }

        return new NewInstanceRequest(name)
        {
            Version = Version,
            Region = Region,
            Plan = Plan,
            Flavor = Flavor,
            NodeCount = NodeCount,
            DiskSizeGB = DiskSizeGB,
            NetworkId = NetworkId,
            SubnetId = SubnetId,
            BackupTime = BackupTime,
            BackupRegions = BackupRegion,
            MaintenanceTime = MaintenanceTime,
            AuthorisedIps = AddressArgument.Read(AuthorisedIp, null, SessionOrDefault.Provider),
            DeletionProtection = DeletionProtection,
            FromInstance = source is null ? null : await ResolveAsync(source, cancellation),
            FromBackup = backup?.Id,
            PointInTime = PointInTime,
            ResourceGroup = ResourceGroup,
            DiskEncryptionKey = DiskEncryptionKeyCrn,
            ServiceEndpoint = ServiceEndpoint,
            Configuration = SettingTable.Read(Configuration),
            Tags = Tag,
            ParametersJson = _parameters,
            Port = Port,
            ListenAddresses = ListenAddress,
            BinaryPath = _binaryPath,
        };
    }
}
