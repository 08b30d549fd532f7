// SPDX-License-Identifier: MIT

using System.Security;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>What the caller gives about the account. What is <see langword="null"/> is looked for in the environment.</summary>
internal sealed class IbmSettings
{
    internal SecureString? ApiKey { get; init; }

    /// <summary>A file with an API key, as <c>ibmcloud iam api-key-create --file</c> writes it.</summary>
    internal string? KeyFile { get; init; }

    /// <summary>A passcode for one sign-in, from the page that <c>ibmcloud login --sso</c> names.</summary>
    internal SecureString? Passcode { get; init; }

    internal SecureString? AccessToken { get; init; }

    internal string? Region { get; init; }

    internal string? ResourceGroup { get; init; }

    /// <summary>public, private or public-and-private.</summary>
    internal string? Visibility { get; init; }

    /// <summary>One URL for all services, an emulator's for example.</summary>
    internal string? Endpoint { get; init; }

    /// <summary>The URLs of single services.</summary>
    internal IReadOnlyDictionary<IbmService, string> Endpoints { get; init; } = new Dictionary<IbmService, string>();

    /// <summary>What a relative path begins at: PowerShell's location, which is not the process's.</summary>
    internal string WorkingDirectory { get; init; } = string.Empty;
}
