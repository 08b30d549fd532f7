// SPDX-License-Identifier: MIT

using System.Security;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>
///   Finds the credential: what the caller gave, then an API key in the environment, then an access token there. A key counts before a token,
///   for a token ends and a key does not.
/// </summary>
internal sealed class IbmCredentialReader(IbmSettings given, IbmEnvironment environment)
{
    private const string Scheme = "Bearer ";

    /// <summary>The credential.</summary>
    internal IbmCredential Read()
    {
        string[] methods =
        [
            .. Named(given.ApiKey is { Length: > 0 }, "an API key"),
            .. Named(!string.IsNullOrEmpty(given.KeyFile), "a key file"),
            .. Named(given.Passcode is { Length: > 0 }, "a passcode"),
            .. Named(given.AccessToken is { Length: > 0 }, "an access token"),
        ];
        return methods.Length switch
        {
            0 => FromEnvironment(),
            1 => FromSettings(),
            _ => throw PgErrors.IbmCredentialAmbiguous(methods),
        };
    }

    private static IEnumerable<string> Named(bool isSo, string name) => isSo ? [name] : [];

    private static IbmTokenCredential Token(string text, string source)
    {
        // The command line shows a token together with its scheme, and so it is copied.
        string token = (text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..] : text).Trim();
        return token.Length > 0 && !token.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? new IbmTokenCredential(Passwords.FromCharacters(token))
            : throw PgErrors.IbmTokenUnusable(source);
    }

    private IbmCredential FromSettings()
    {
        if (given.ApiKey is { Length: > 0 } key)
        {
            return new IbmApiKeyCredential(key);
        }

        if (given.Passcode is { Length: > 0 } passcode)
        {
            return new IbmPasscodeCredential(passcode);
        }

        return given.AccessToken is { Length: > 0 } token
            ? Passwords.Use(token, characters => Token(new string(characters), "the one that was given"))
            : new IbmApiKeyCredential(KeyFile(given.KeyFile!));
    }

    private IbmCredential FromEnvironment()
    {
        if (environment.FindNamed(IbmEnvironment.ApiKeyNames) is { } key)
        {
            SecureString secret = key.Value[0] == '@' ? KeyFile(key.Value[1..]) : Passwords.FromCharacters(key.Value);
            return new IbmApiKeyCredential(secret);
        }

        return environment.FindNamed(IbmEnvironment.TokenNames) is { } token
            ? Token(token.Value, token.Name)
            : throw PgErrors.IbmCredentialMissing([.. IbmEnvironment.ApiKeyNames, .. IbmEnvironment.TokenNames]);
    }

    private SecureString KeyFile(string path) => IbmKeyFile.Read(Path.Combine(given.WorkingDirectory, path));
}
