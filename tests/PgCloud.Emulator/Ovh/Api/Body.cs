// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text.Json.Nodes;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Errors;

namespace PgCloud.Emulator.Ovh.Api;

/// <summary>An object of a request's body, of which one can ask what is in it: an absent field is not a null one.</summary>
internal sealed class Body(JsonObject json)
{
    internal IEnumerable<string> Names => json.Select(p => p.Key);

    /// <summary>The request's body, which the schema check has let pass.</summary>
    internal static Body Of(HttpContext context) => ApiCall.Of(context).Body is { Length: > 0 } bytes && JsonNode.Parse(bytes) is JsonObject json
        ? new Body(json)
        : throw ApiErrors.BadRequest("The body is not an object");

    internal bool Has(string name) => json.ContainsKey(name);

    internal string? Text(string name) => (string?)json[name];

    internal long? Number(string name) => (long?)json[name];

    internal bool? Flag(string name) => (bool?)json[name];

    internal Guid? Id(string name) => Text(name) is { } text ? Guid.Parse(text) : null;

    internal TimeOnly? Time(string name) => Text(name) is { } text ? TimeOnly.Parse(text, CultureInfo.InvariantCulture) : null;

    internal DateTimeOffset? DateTime(string name) => Text(name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;

    internal Body? Object(string name) => json[name] is JsonObject found ? new Body(found) : null;

    internal IReadOnlyList<Body>? Objects(string name) => json[name] is JsonArray list ? [.. list.Select(n => new Body(n!.AsObject()))] : null;

    internal IReadOnlyList<string>? Texts(string name) => json[name] is JsonArray list ? [.. list.Select(n => (string)n!)] : null;
}
