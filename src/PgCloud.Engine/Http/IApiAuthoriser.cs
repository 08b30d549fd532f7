// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Http;

/// <summary>Puts into a request what proves who calls.</summary>
internal interface IApiAuthoriser
{
    /// <summary>Adds the headers of a call that needs the proof.</summary>
    Task AuthoriseAsync(HttpRequestMessage request, byte[] body, IReporter reporter, CancellationToken cancellation);

    /// <summary>Adds what a call without the proof carries all the same.</summary>
    void Introduce(HttpRequestMessage request)
    {
    }

    /// <summary>
    ///   Told that the API refused this request; gives up what is out of date, a token or the clock's drift, and says whether the call is worth
    ///   another attempt with a new one.
    /// </summary>
    bool Renew(HttpRequestMessage refused, ApiAnswer answer) => false;

    /// <summary>The text without the secrets that were sent.</summary>
    string Mask(string text);
}
