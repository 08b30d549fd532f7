// SPDX-License-Identifier: MIT

using System.Net;

namespace PgCloud.Engine.Http;

/// <summary>A URL that somebody gave for an API.</summary>
internal static class ApiUrl
{
    /// <summary>Reads a URL; says what is wrong with it where it cannot be used.</summary>
    /// <param name="text">The URL.</param>
    /// <param name="flaw">What is wrong; <see langword="null"/> for nothing.</param>
    /// <param name="shown">The text for a message.</param>
    internal static Uri? Parse(string text, out string? flaw, out string shown)
    {
        flaw =
            !Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
                ? "it is no URL with http or https"
            : url.UserInfo.Length > 0 ? "a URL with a user name or password is not taken"
            : url.Query.Length > 0 || url.Fragment.Length > 0 ? "a URL with a query or a fragment is not taken"
            : text.EndsWith('/') ? "the slash at its end must go"
            : url.Scheme == Uri.UriSchemeHttp && !IsThisMachine(url)
                ? "over plain http everybody on the way could read the credential: only this machine itself (localhost, 127.0.0.1, [::1]) may be "
                  + "called so, every other host with https"
            : null;
        shown = Shown(text);
        return flaw is null ? url : null;
    }

    /// <summary>
    ///   The text for a message, URL or not: before an @ there may be a password, and behind a question mark or number sign a token.
    /// </summary>
    internal static string Shown(string text)
    {
        string place = text[(text.LastIndexOf('@') + 1)..];
        int end = place.IndexOfAny(['?', '#']);
        return end < 0 ? place : place[..end];
    }

    // By name, localhost alone: what any other name leads to is for DNS to say.
    private static bool IsThisMachine(Uri url) =>
        url.DnsSafeHost.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(url.DnsSafeHost, out IPAddress? address) && IPAddress.IsLoopback(address));
}
