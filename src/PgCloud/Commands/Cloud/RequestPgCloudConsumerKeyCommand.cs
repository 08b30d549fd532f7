// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Loading;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Cloud;

/// <summary>Asks OVHcloud for a consumer key with the least rights the module needs, and waits until you have validated it.</summary>
/// <remarks>
///   Provider Ovh only. An application, made once at https://eu.api.ovh.com/createApp/, has a key and a secret; a consumer key lets it act for
///   an account. The cmdlet shows a URL: open it, log in, choose how long the key shall last and allow it. The result goes into Connect-PgCloud
///   by pipeline; its ConsumerKey is told once, so put it into a vault, or into ovh.conf as consumer_key.
///   The rights are GET, POST, PUT and DELETE on /cloud/project/*/database/*, GET on /cloud/project and below it to find a project by its name,
///   GET on /dbaas/logs/*/operation/* for log subscriptions, and GET on /auth/details, which tells the account. -ProjectId narrows the first to
///   one project and leaves the second out; -ReadOnly leaves GET only, and nothing of the logs.
///   After an error there is no key, or one that nobody knows and nobody was shown where to validate, so that it is good for nothing; run again it
///   makes another. Once the URL was shown an error of the waiting has the key as its TargetObject, which goes into Connect-PgCloud when it is
///   validated. An API that is silent for a while does not end the waiting; Ctrl+C does, and the key is lost: do not validate it then.
/// </remarks>
/// <example>
///   <code>Request-PgCloudConsumerKey -ApplicationCredential $application | Connect-PgCloud -Project shop</code>
///   <para>Shows the URL, waits until the key is validated, and opens a session with it.</para>
/// </example>
/// <example>
///   <code>$key = Request-PgCloudConsumerKey $application -ProjectId $id -ReadOnly -AllowedIp 203.0.113.7</code>
///   <para>A key that can read one project, from one address, for a monitoring host.</para>
/// </example>
/// <example>
///   <code>Request-PgCloudConsumerKey $application -Proxy http://proxy.example:3128 | Connect-PgCloud -Proxy http://proxy.example:3128</code>
///   <para>Asks by a proxy, by which the session calls the API, too.</para>
/// </example>
/// <example>
///   <code>(Request-PgCloudConsumerKey $application -NoWait).ValidationUrl | Set-Clipboard</code>
///   <para>Asks for a key and does not wait; somebody else opens the URL.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Request, "PgCloudConsumerKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgCloudConsumerKey))]
public sealed class RequestPgCloudConsumerKeyCommand : AsyncCmdlet
{
    private string _workingDirectory = string.Empty;

    /// <summary>The application key, as the user name, and the application secret. Without it that of the environment or of ovh.conf.</summary>
    [Parameter(Position = 0)]
    [SecretTransformation]
    [Credential]
    public PSCredential? ApplicationCredential { get; set; }

    /// <summary>The API: ovh-eu, ovh-ca, ovh-us or a URL. Without it what the environment or ovh.conf says, then ovh-eu.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.EndpointCompleter))]
    public string? Endpoint { get; set; }

    /// <summary>The id of the one project the key shall be good for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProjectId { get; set; }

    /// <summary>Asks for rights to read, and none to change anything.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>Addresses or ranges from which alone the key shall be good.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AllowedIp { get; set; } = [];

    /// <summary>Where the browser goes after the answer.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? RedirectUrl { get; set; }

    /// <summary>Returns the key before it is validated.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>How long to wait for the validation at most, in seconds.</summary>
    /// <value>600</value>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSec { get; set; } = 600;

    /// <summary>The proxy by which the API is called, such as http://proxy.example:3128. Without it what HTTPS_PROXY and NO_PROXY say.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>Who calls, for that proxy.</summary>
    [Parameter]
    [SecretTransformation]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <inheritdoc/>
    private protected override void OnPipelineThreadBegin() => _workingDirectory = SessionState.Path.CurrentFileSystemLocation.Path;

    /// <inheritdoc/>
    private protected override async Task EndAsync(CancellationToken cancellation)
    {
        var request = new ConsumerKeyRequest(new CloudAccountRequest
        {
            Endpoint = Endpoint,
            WorkingDirectory = _workingDirectory,
            ApplicationKey = ApplicationCredential?.UserName,
            ApplicationSecret = ApplicationCredential?.Password,
            Calls = ProxyArgument.Read(Proxy, ProxyCredential),
        })
        {
            ProjectId = ProjectId,
            IsReadOnly = ReadOnly,
            AllowedIps = [.. AddressArgument.Read(AllowedIp, null).Select(a => a.Address)],
            RedirectUrl = RedirectUrl?.OriginalString,
        };
        About<PgCloudConsumerKey>(ApplicationCredential?.UserName ?? string.Empty);
        if (!await ShouldProcessAsync(Endpoint ?? "OVHcloud", $"Ask for a consumer key that can {(ReadOnly ? "read" : "read and change")} databases"))
        {
            return;
        }

        ConsumerKeyGrant grant = await EngineLoadContext.Engine.RequestConsumerKeyAsync(request, Reporter, cancellation);

        // It is there from now on, whatever its owner says.
        Record([KeyOf(grant)]);
        if (NoWait)
        {
            await WriteAsync(KeyOf(grant));
            return;
        }

        await TellAsync($"Open this page, log in and allow the key: {grant.ValidationUrl}");

        // It may be allowed after an error, too: whoever has the error has the key.
        await ForEachAsync(KeyOf(grant), async () => await WriteAsync(KeyOf(
            await EngineLoadContext.Engine.WaitForConsumerKeyAsync(grant, TimeSpan.FromSeconds(TimeoutSec), Reporter, cancellation))));
    }

    private static PgCloudConsumerKey KeyOf(ConsumerKeyGrant grant) => new()
    {
        Endpoint = grant.Account.Endpoint!,
        ApplicationCredential = new PSCredential(grant.Account.ApplicationKey!, grant.Account.ApplicationSecret!),
        ConsumerKey = grant.ConsumerKey,
        ProjectId = grant.Account.Project,
        ValidationUrl = grant.ValidationUrl,
        State = grant.State,
        Rule = grant.Rules,
        ExpiresAt = grant.ExpiresAt,
    };
}
