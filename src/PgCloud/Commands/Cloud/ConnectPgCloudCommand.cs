// SPDX-License-Identifier: MIT

using System.Management.Automation;
using System.Security;
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
///   <code>$rehearsal = Connect-PgCloud -Provider Local -StateDirectory ./rehearsal -Name rehearsal</code>
///   <para>Keeps the instances of this session in a directory of their own.</para>
/// </example>
[Cmdlet(VerbsCommunications.Connect, "PgCloud")]
[OutputType(typeof(PgCloudSession))]
public sealed class ConnectPgCloudCommand : AsyncCmdlet
{
    private SessionTable? _sessions;
    private string? _stateDirectory;
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

    /// <summary>Ovh: the API: ovh-eu, ovh-ca, ovh-us or a URL. Without it what the environment or ovh.conf says, then ovh-eu.</summary>
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

    /// <summary>Ovh: an access token; it lasts about an hour.</summary>
    [Parameter]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>Local: the directory in which the instances are kept. Without it $env:PGCLOUD_HOME, then the user's data directory.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StateDirectory { get; set; }

    /// <inheritdoc/>
    private protected override void OnPipelineThreadBegin()
    {
        _sessions = SessionTable.Current;
        // Relative paths are meant from PowerShell's location, which is not the process's working directory.
        _stateDirectory = StateDirectory is null ? null : GetUnresolvedProviderPathFromPSPath(StateDirectory);
        _workingDirectory = SessionState.Path.CurrentFileSystemLocation.Path;
    }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        ThrowIfNotOfProvider();
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
                Project = Project,
            },
        };
        ICloudProvider cloud = await EngineLoadContext.Engine.ConnectAsync(request, Reporter, cancellation);
        var session = new PgCloudSession(cloud, Name ?? _sessions!.NextName(Provider));
        _sessions!.Add(session);
        await WriteAsync(session);
    }

    private void ThrowIfNotOfProvider()
    {
        string[] foreign = Provider == PgProviderName.Local
            ? [nameof(Project), nameof(Endpoint), nameof(TokenUrl), nameof(ApplicationCredential), nameof(ConsumerKey), nameof(ClientCredential), nameof(AccessToken)]
            : [nameof(StateDirectory)];
        if (Array.Find(foreign, MyInvocation.BoundParameters.ContainsKey) is { } parameter)
        {
            throw PgErrors.ParameterNotOfProvider(Provider, parameter);
        }
    }
}
