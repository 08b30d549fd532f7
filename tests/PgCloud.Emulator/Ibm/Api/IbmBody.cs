// SPDX-License-Identifier: MIT

using System.Text.Json;
using System.Text.Json.Nodes;
using PgCloud.Emulator.Hosting;

namespace PgCloud.Emulator.Ibm.Api;

/// <summary>Reads the object of a request's body.</summary>
internal static class IbmBody
{
    internal static JsonObject Of(HttpContext context)
    {
        try
        {
            return JsonNode.Parse(ApiCall.Of(context).Body) as JsonObject ?? throw NotJson();
        }
        catch (JsonException)
        {
            throw NotJson();
        }
    }

    /// <summary>A text; an absent or null one is <see langword="null"/>.</summary>
    internal static string? Text(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw new IbmException(400, "bad_request", $"{name} must be a string"),
    };

    /// <summary>A text that must be there and not be empty.</summary>
    internal static string Needed(this JsonObject json, string name) =>
        json.Text(name) is { Length: > 0 } text ? text : throw new IbmException(400, "bad_request", $"{name} is required");

    internal static bool? Flag(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        _ => throw new IbmException(400, "bad_request", $"{name} must be true or false"),
    };

    internal static JsonObject? Object(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonObject found => found,
        _ => throw new IbmException(400, "bad_request", $"{name} must be an object"),
    };

    internal static IReadOnlyList<string> Texts(this JsonObject json, string name) => json[name] switch
    {
        null => [],
        JsonArray list =>
        [
            .. list.Select(n => n is JsonValue v && v.TryGetValue(out string? text)
                ? text
                : throw new IbmException(400, "bad_request", $"{name} must hold strings")),
        ],
        _ => throw new IbmException(400, "bad_request", $"{name} must be a list"),
    };

    internal static IReadOnlyList<JsonObject> Objects(this JsonObject json, string name) => json[name] switch
    {
        null => [],
        JsonArray list => [.. list.Select(n => n as JsonObject ?? throw new IbmException(400, "bad_request", $"{name} must hold objects"))],
        _ => throw new IbmException(400, "bad_request", $"{name} must be a list"),
    };

    private static IbmException NotJson() => new(400, "bad_request", "The body is not a JSON object");
}
