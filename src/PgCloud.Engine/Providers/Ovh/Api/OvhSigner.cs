// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>The classic method: every call is signed.</summary>
internal sealed class OvhSigner(OvhApplicationCredential credential, OvhClock clock) : IApiAuthoriser
{
    /// <summary>The class of the answer to a timestamp that is too far off.</summary>
    internal const string ClockWrong = "QUERY_TIME_OUT";

    private static readonly HttpRequestOptionsKey<OvhDrift> DriftKey = new("PgCloud.Ovh.Drift");

    /// <inheritdoc/>
    public void Introduce(HttpRequestMessage request) =>
        request.Headers.TryAddWithoutValidation("X-Ovh-Application", credential.ApplicationKey);

    /// <inheritdoc/>
    public async Task AuthoriseAsync(HttpRequestMessage request, byte[] body, IReporter reporter, CancellationToken cancellation)
    {
        if (credential.ConsumerKey is not { } consumerKey)
        {
            throw new InvalidOperationException("A call was to be signed while the consumer key is yet to be asked for.");
        }

        OvhDrift drift = await clock.DriftAsync(reporter, cancellation);
        long now = drift.ServerTime;
        request.Options.Set(DriftKey, drift);
        string signature = OvhSignature.Compute(
            credential.ApplicationSecret, consumerKey, request.Method.Method, request.RequestUri!.AbsoluteUri, body, now);

        Introduce(request);
        request.Headers.TryAddWithoutValidation("X-Ovh-Consumer", Passwords.Use(consumerKey, c => new string(c)));
        request.Headers.TryAddWithoutValidation("X-Ovh-Timestamp", now.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("X-Ovh-Signature", signature);
    }

    /// <inheritdoc/>
    public bool Renew(HttpRequestMessage refused, ApiAnswer answer)
    {
        if (answer.Class != ClockWrong || !refused.Options.TryGetValue(DriftKey, out OvhDrift? drift))
        {
            return false;
        }

        clock.Forget(drift);
        return true;
    }

    /// <inheritdoc/>
    public string Mask(string text) => credential.Mask(text);
}
