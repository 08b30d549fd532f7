// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace PgCloud.Emulator.Ovh.Auth;

/// <summary>The classic signature, over the URL as the client wrote it.</summary>
internal static class Signature
{
    internal static string Compute(string applicationSecret, string consumerKey, string method, string url, byte[] body, string timestamp)
    {
        byte[] head = Encoding.UTF8.GetBytes($"{applicationSecret}+{consumerKey}+{method}+{url}+");
        byte[] tail = Encoding.UTF8.GetBytes($"+{timestamp}");
#pragma warning disable CA5350 // The API's signature is SHA-1.
        return "$1$" + string.Concat(SHA1.HashData([.. head, .. body, .. tail]).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
#pragma warning restore CA5350
    }

    /// <summary>What the client may have signed: its URL with the port it connected to, or without (the npm client).</summary>
    internal static IEnumerable<string> Urls(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        HostString host = context.Request.Host;
        yield return $"{context.Request.Scheme}://{host.Value}{target}";
        if (host.Port is not null)
        {
            yield return $"{context.Request.Scheme}://{host.Host}{target}";
        }
    }
}
