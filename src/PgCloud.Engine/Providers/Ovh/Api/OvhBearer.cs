// SPDX-License-Identifier: MIT

using System.Net.Http.Headers;
using PgCloud.Contracts;
using PgCloud.Engine.Http;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>An access token that was given: it goes along as it is, and when it has ended it cannot be replaced.</summary>
internal sealed class OvhBearer(OvhTokenCredential credential) : IApiAuthoriser
{
    /// <inheritdoc/>
    public Task AuthoriseAsync(HttpRequestMessage request, byte[] body, IReporter reporter, CancellationToken cancellation)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Passwords.Use(credential.AccessToken, c => new string(c)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public string Mask(string text) => credential.Mask(text);
}
