// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;
using PgCloud.Engine.Http;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>JSON as OVHcloud's API speaks it: names in camel case.</summary>
internal static class OvhJson
{
    private static readonly ApiJson Json = new(new CamelCaseNamingStrategy(false, false));

    /// <inheritdoc cref="ApiJson.Write"/>
    internal static byte[] Write(object body) => Json.Write(body);

    /// <inheritdoc cref="ApiJson.Read"/>
    internal static T? Read<T>(JToken token, out string? flaw) => Json.Read<T>(token, out flaw);
}
