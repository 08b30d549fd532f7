// SPDX-License-Identifier: MIT

using System.Net.Http.Headers;
using System.Security;
using PgCloud.Contracts;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Engine.Http;

/// <summary>An access token that was given: it goes along as it is, and when it has ended it cannot be replaced.</summary>
/// <param name="token">The token.</param>
/// <param name="mask">Takes it out of a text.</param>
internal sealed class ApiBearer(SecureString token, Func<string, string> mask) : IApiAuthoriser
{
    /// <inheritdoc/>
    public Task AuthoriseAsync(HttpRequestMessage request, byte[] body, IReporter reporter, CancellationToken cancellation)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Passwords.Use(token, c => new string(c)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public string Mask(string text) => mask(text);
}
