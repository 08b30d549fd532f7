// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using System.Security;
using PgCloud.Audit;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Loading;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Cloud;

/// <summary>Opens a session to a cloud account and makes it this runspace's default.</summary>
/// <remarks>
///   The session is used by every cmdlet that takes -Session and is not given one. Each runspace has its own default, so runbooks that run
///   side by side in one process do not disturb each other.
///   Provider Ovh takes an application credential with a consumer key, the credential of a service account, or an access token. What is not given is
///   looked for as OVHcloud's own clients do: in the variables OVH_ENDPOINT, OVH_APPLICATION_KEY, OVH_APPLICATION_SECRET, OVH_CONSUMER_KEY,
///   OVH_CLIENT_ID, OVH_CLIENT_SECRET and OVH_ACCESS_TOKEN, then in ./ovh.conf, ~/.ovh.conf and /etc/ovh.conf. The least rights are GET, POST, PUT and
///   DELETE on /cloud/project/*/database/*, and GET on /cloud/project and /cloud/project/* to find a project by its name. A secret of a vault fits
///   as it is: a SecureString, a PSCredential, or a hashtable whose keys are names of these parameters, splatted; so does what Get-SecretInfo
///   tells about one, which is read then. Request-PgCloudConsumerKey makes a consumer key with these rights.
///   Provider Ibm takes an API key, a key file, a one-time passcode or an access token. What is not given is looked for in IC_API_KEY, IBMCLOUD_API_KEY,
///   IC_IAM_TOKEN and IBMCLOUD_IAM_TOKEN, in this order. Access tokens are fetched and replaced ahead of their end, once for all cmdlets and runspaces of a session.
///   With -AuditPath each change of state by a cmdlet through the session, by SQL too where the connection came from one of its instances, is
///   added to a file before the cmdlet ends: about_PgCloud_Audit.
///   A call of a cloud's API that fails is tried again where that harms nobody, after growing pauses and those the API asks for. An endpoint that has
///   failed for 15 seconds, five times in a row, is given a break of 20 seconds, in which calls end at once with PgCloud.Cloud.CircuitOpen. A proxy is
///   taken from -Proxy, else from HTTPS_PROXY; hosts in NO_PROXY are called without that one.
///   Provider Local runs real PostgreSQL servers on this machine: use it to rehearse a runbook, to develop and to test.
/// </remarks>
/// <example>
///   <code>Connect-PgCloud -Provider Local</code>
///   <para>Opens a session to the PostgreSQL servers of this machine, kept in the user's data directory.</para>
/// </example>
/// <example>
///   <code>Connect-PgCloud -Provider Ovh -Project shop</code>
///   <para>Uses the credential of the environment or of ovh.conf, and the project of that name.</para>
/// </example>
/// <example>
///   <code>Request-PgCloudConsumerKey -ApplicationCredential $application | Connect-PgCloud -Project shop</code>
///   <para>Has a consumer key made and validated, and opens a session with it.</para>
/// </example>
/// <example>
///   <code>Connect-PgCloud Ovh -ClientCredential $serviceAccount -Endpoint ovh-ca</code>
///   <para>Uses a service account, whose id and secret are a PSCredential from a vault.</para>
/// </example>
/// <example>
///   <code>Connect-PgCloud Ibm -ApiKey $key -ResourceGroup shop -Region ca-mon</code>
///   <para>Uses an API key of IBM Cloud, and makes new instances in that resource group and region.</para>
/// </example>
/// <example>
///   <code>Connect-PgCloud Ovh -Project shop -Proxy http://proxy.example:3128 -ProxyCredential $me -TimeoutSec 30 -RetryTimeoutSec 120</code>
///   <para>Calls the API by a proxy, waits for no answer longer than 30 seconds and for no call longer than two minutes.</para>
/// </example>
/// <example>
///   <code>$rehearsal = Connect-PgCloud -Provider Local -StateDirectory ./rehearsal -Name rehearsal</code>
///   <para>Keeps the instances of this session in a directory of their own.</para>
/// </example>
/// <example>
///   <code>Connect-PgCloud Ovh -Project shop -AuditPath /var/log/pgcloud.jsonl</code>
///   <para>Adds a line to that file for each change that is made through the session.</para>
/// </example>
[Cmdlet(VerbsCommunications.Connect, "PgCloud")]
[OutputType(typeof(PgCloudSession))]
public sealed class ConnectPgCloudCommand : AsyncCmdlet
{
    private SessionTable? _sessions;
    private string? _stateDirectory;
    private string? _auditPath;
    private string _workingDirectory = string.Empty;

    /// <summary>Which cloud.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public PgProviderName Provider { get; set; }

    /// <summary>A name for the session, by which -Session finds it. Without it one is made from the provider's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Ovh: the project, by id or name. Without it $env:OVH_CLOUD_PROJECT_SERVICE, then the account's only project.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.ProjectCompleter))]
    public string? Project { get; set; }

    /// <summary>Ovh: the API: ovh-eu, ovh-ca, ovh-us or a URL; Ibm: one URL for all services. Without it what the environment or ovh.conf says, then ovh-eu.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.EndpointCompleter))]
    public string? Endpoint { get; set; }

    /// <summary>Ovh: where a service account's access tokens are fetched, where the endpoint is a URL and it is elsewhere.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TokenUrl { get; set; }

    /// <summary>Ovh: the application key, as the user name, and the application secret.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SecretTransformation]
    [Credential]
    public PSCredential? ApplicationCredential { get; set; }

    /// <summary>Ovh: the consumer key that belongs to the application.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? ConsumerKey { get; set; }

    /// <summary>Ovh: the client id of a service account, as the user name, and its secret.</summary>
    [Parameter]
    [SecretTransformation]
    [Credential]
    public PSCredential? ClientCredential { get; set; }

    /// <summary>Ovh, Ibm: an access token; it lasts about an hour.</summary>
    [Parameter]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>Ibm: an API key, as a SecureString or as the password of a PSCredential. Without it $env:IC_API_KEY, then $env:IBMCLOUD_API_KEY.</summary>
    [Parameter]
    [SecretTransformation(AsPassword = true)]
    [ValidateNotNull]
    public SecureString? ApiKey { get; set; }

    /// <summary>Ibm: a file with an API key, as 'ibmcloud iam api-key-create --file' writes it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyFile { get; set; }

    /// <summary>Ibm: a passcode for one sign-in, from https://iam.cloud.ibm.com/identity/passcode.</summary>
    [Parameter]
    [SecretTransformation(AsPassword = true)]
    [ValidateNotNull]
    public SecureString? Passcode { get; set; }

    /// <summary>Ibm: the resource group that new instances go into, by name or id; only its instances are listed then. Without it $env:IC_RESOURCE_GROUP, then
    /// the account's default group, and all are listed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.ProjectCompleter))]
    public string? ResourceGroup { get; set; }

    /// <summary>Ibm: the region that new instances go into, such as ca-mon. Without it $env:IC_REGION; New-PgInstance -Region says another.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Region { get; set; }

    /// <summary>Ibm: calls the services at their private endpoints, which are reached from inside IBM Cloud only.</summary>
    [Parameter]
    public SwitchParameter PrivateEndpoint { get; set; }

    /// <summary>Ibm: URLs of single services, by name: Iam, ResourceController, ResourceManager, GlobalCatalog, GlobalTagging, ContextBasedRestrictions.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? ServiceUrl { get; set; }

    /// <summary>A cloud: the proxy by which its API is called, such as http://proxy.example:3128. Without it what HTTPS_PROXY and NO_PROXY say.</summary>
    [Parameter]
    [UrlTransformation]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>A cloud: who calls, for that proxy.</summary>
    [Parameter]
    [SecretTransformation]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>A cloud: what one try of a call of its API may take, in seconds. Without it 180.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int? TimeoutSec { get; set; }

    /// <summary>A cloud: what a call of its API may take in all, with its retries and the pauses between them, in seconds. Without it 600.</summary>
    [Parameter]
    [ValidateRange(1, 36_000)]
    public int? RetryTimeoutSec { get; set; }

    /// <summary>A cloud: how often a call of its API is tried again at most; 0 for not at all. Without it 5.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int? MaximumRetryCount { get; set; }

    /// <summary>Local: the directory in which the instances are kept. Without it $env:PGCLOUD_HOME, then the user's data directory.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StateDirectory { get; set; }

    /// <summary>A file to which each change through this session is added, as a line of JSON in CADF form. Without it $env:PGCLOUD_AUDIT,
    /// then no file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AuditPath { get; set; }

    /// <inheritdoc/>
    private protected override void OnPipelineThreadBegin()
    {
        _sessions = SessionTable.Current;
        // Relative paths are meant from PowerShell's location, which is not the process's working directory.
        _stateDirectory = StateDirectory is null ? null : GetUnresolvedProviderPathFromPSPath(StateDirectory);
        _auditPath = AuditPath is null ? null : GetUnresolvedProviderPathFromPSPath(AuditPath);
        _workingDirectory = SessionState.Path.CurrentFileSystemLocation.Path;
    }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        ThrowIfNotOfProvider();
        AuditTrail? trail = _auditPath is null ? AuditTrail.FromEnvironment() : new AuditTrail(_auditPath);
        trail?.Check();
        var request = new ConnectRequest(Provider)
        {
            StateDirectory = _stateDirectory,
            Account = new CloudAccountRequest
            {
                Endpoint = Endpoint,
                TokenUrl = TokenUrl,
                WorkingDirectory = _workingDirectory,
                ApplicationKey = ApplicationCredential?.UserName,
                ApplicationSecret = ApplicationCredential?.Password,
                ConsumerKey = ConsumerKey,
                ClientId = ClientCredential?.UserName,
                ClientSecret = ClientCredential?.Password,
                AccessToken = AccessToken,
                Project = Provider == PgProviderName.Ibm ? ResourceGroup : Project,
                ApiKey = ApiKey,
                KeyFile = KeyFile,
                Passcode = Passcode,
                Region = Region,
                IsPrivate = PrivateEndpoint,
                Calls = CallSettings(),
                ServiceEndpoints = SettingTable.Read(ServiceUrl).ToDictionary(e => e.Key, e => e.Value?.ToString() ?? string.Empty),
            },
        };
        ICloudProvider cloud = await EngineLoadContext.Engine.ConnectAsync(request, Reporter, cancellation);
        var session = new PgCloudSession(cloud, Name ?? _sessions!.NextName(Provider)) { AuditPath = trail?.Path };
        _sessions!.Add(session);
        await WriteAsync(session);
    }

    private CallSettings CallSettings() => ProxyArgument.Read(Proxy, ProxyCredential) with
    {
        Timeout = TimeoutSec is { } one ? TimeSpan.FromSeconds(one) : null,
        RetryTimeout = RetryTimeoutSec is { } all ? TimeSpan.FromSeconds(all) : null,
        Retries = MaximumRetryCount,
    };

    private void ThrowIfNotOfProvider()
    {
        string[] ofOvh = [nameof(Project), nameof(TokenUrl), nameof(ApplicationCredential), nameof(ConsumerKey), nameof(ClientCredential)];
        string[] ofIbm =
            [nameof(ApiKey), nameof(KeyFile), nameof(Passcode), nameof(ResourceGroup), nameof(Region), nameof(PrivateEndpoint), nameof(ServiceUrl)];
        string[] ofClouds =
        [
            nameof(Endpoint), nameof(AccessToken), nameof(Proxy), nameof(ProxyCredential), nameof(TimeoutSec), nameof(RetryTimeoutSec), nameof(MaximumRetryCount),
        ];
        string[] foreign = Provider switch
        {
            PgProviderName.Local => [.. ofOvh, .. ofIbm, .. ofClouds],
            PgProviderName.Ovh => [.. ofIbm, nameof(StateDirectory)],
            _ => [.. ofOvh, nameof(StateDirectory)],
        };
        if (Array.Find(foreign, MyInvocation.BoundParameters.ContainsKey) is { } parameter)
        {
            throw PgErrors.ParameterNotOfProvider(Provider, parameter);
        }
    }
}
