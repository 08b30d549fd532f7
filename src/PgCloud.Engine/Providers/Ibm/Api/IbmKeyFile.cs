// SPDX-License-Identifier: MIT

using System.Security;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>A file with an API key, as IBM's command line writes it: JSON with <c>apikey</c> and what it is called.</summary>
internal static class IbmKeyFile
{
    private const int LargestSize = 64 * 1024;

    /// <summary>The key in the file. No error shows anything of what is in it.</summary>
    internal static SecureString Read(string path)
    {
        string text;
        try
        {
            text = new FileInfo(path) is { Exists: true, Length: > LargestSize }
                ? throw PgErrors.KeyFileInvalid(path, "it is too large")
                : File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw PgErrors.KeyFileUnreadable(path, failure);
        }

        return Key(text) is { Length: > 0 } key
            ? Passwords.FromCharacters(key)
            : throw PgErrors.KeyFileInvalid(path, "it is no JSON object with a text named apikey");
    }

    private static string? Key(string text)
    {
        try
        {
            return JToken.Parse(text) is JObject json
                && json.GetValue("apikey", StringComparison.OrdinalIgnoreCase) is JValue { Type: JTokenType.String } key
                    ? ((string)key!).Trim()
                    : null;
        }
        catch (JsonReaderException)
        {
            return null;
        }
    }
}
