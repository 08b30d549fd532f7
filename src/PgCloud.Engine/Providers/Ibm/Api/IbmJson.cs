// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;
using PgCloud.Engine.Http;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>JSON as IBM Cloud's services speak it: names in snake case.</summary>
internal static class IbmJson
{
    private static readonly ApiJson Json = new(new SnakeCaseNamingStrategy(false, false));

    /// <inheritdoc cref="ApiJson.Write"/>
    internal static byte[] Write(object body) => Json.Write(body);

    /// <inheritdoc cref="ApiJson.Read"/>
    internal static T? Read<T>(JToken token, out string? flaw) => Json.Read<T>(token, out flaw);
}
