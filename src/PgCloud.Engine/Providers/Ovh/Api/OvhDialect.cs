// SPDX-License-Identifier: MIT

using System.Net.Http.Headers;
using Newtonsoft.Json.Linq;
using PgCloud.Engine.Http;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>How OVHcloud's API answers: its databases in one shape, its gateway in another, and OAuth2's.</summary>
internal sealed class OvhDialect : ApiDialect
{
    internal static OvhDialect Instance { get; } = new();

    /// <inheritdoc/>
    internal override string Name => "OVHcloud";

    /// <inheritdoc/>
    internal override string? ClassOf(JToken? json) => Text(json, "class") ?? Text(json, "errorCode") ?? Text(json, "error");

    /// <inheritdoc/>
    internal override string? WordsOf(JToken? json) => Text(json, "message") ?? Text(json, "error_description");

    /// <inheritdoc/>
    internal override string? QueryIdOf(HttpResponseHeaders headers, JToken? json) => Header(headers, "X-Ovh-QueryID");
}
