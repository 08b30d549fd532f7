// SPDX-License-Identifier: MIT

using System.Security;

namespace PgCloud.Contracts;

/// <summary>What to connect to.</summary>
/// <param name="Provider">Which cloud.</param>
public sealed record ConnectRequest(PgProviderName Provider)
{
    /// <summary>Local: where the instances are kept; <see langword="null"/> for the default.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>A cloud: what is given about the account.</summary>
    public CloudAccountRequest Account { get; init; } = new();
}

/// <summary>
///   What is given about an account. What is <see langword="null"/> is looked for where the provider's own clients look: in the environment
///   and in configuration files.
/// </summary>
public sealed record CloudAccountRequest
{
    /// <summary>The API: a name such as <c>ovh-eu</c>, or a URL.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Where access tokens are fetched; <see langword="null"/> for the endpoint's own place.</summary>
    public string? TokenUrl { get; init; }

    /// <summary>The directory whose <c>ovh.conf</c> counts.</summary>
    public string WorkingDirectory { get; init; } = string.Empty;

    /// <summary>OVHcloud: application key.</summary>
    public string? ApplicationKey { get; init; }

    /// <summary>OVHcloud: application secret.</summary>
    public SecureString? ApplicationSecret { get; init; }

    /// <summary>OVHcloud: consumer key.</summary>
    public SecureString? ConsumerKey { get; init; }

    /// <summary>A service account's id.</summary>
    public string? ClientId { get; init; }

    /// <summary>A service account's secret.</summary>
    public SecureString? ClientSecret { get; init; }

    /// <summary>An access token.</summary>
    public SecureString? AccessToken { get; init; }

    /// <summary>The project, by id or description; at IBM Cloud the resource group, by id or name.</summary>
    public string? Project { get; init; }

    /// <summary>IBM Cloud: API key.</summary>
    public SecureString? ApiKey { get; init; }

    /// <summary>IBM Cloud: a file with an API key, as its command line writes it.</summary>
    public string? KeyFile { get; init; }

    /// <summary>IBM Cloud: a passcode for one sign-in.</summary>
    public SecureString? Passcode { get; init; }

    /// <summary>IBM Cloud: where new instances go.</summary>
    public string? Region { get; init; }

    /// <summary>IBM Cloud: whether its services are called at their private endpoints.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>IBM Cloud: the URLs of single services, by name.</summary>
    public IReadOnlyDictionary<string, string> ServiceEndpoints { get; init; } = new Dictionary<string, string>();

    /// <summary>How the API is called.</summary>
    public CallSettings Calls { get; init; } = new();
}
