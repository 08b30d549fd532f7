// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace PgCloud.Emulator.Ovh.Schema;

/// <summary>Finds where JSON is not of a type of the schema.</summary>
internal sealed class SchemaCheck(ApiSchema schema, bool isRequest)
{
    // Read-only in the schema, and yet OVHcloud's own CLI changes them.
    private static readonly HashSet<(string Type, string Property)> Written =
    [
        ("cloud.project.database.Service", "networkId"),
        ("cloud.project.database.Service", "subnetId"),
    ];

    /// <summary>What is wrong, each with the path to it; nothing where all is right.</summary>
    internal IEnumerable<string> Flaws(JsonElement value, string type, string at = "$")
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            return value.ValueKind == JsonValueKind.Array
                ? value.EnumerateArray().SelectMany((v, i) => Flaws(v, type[..^2], $"{at}[{i}]"))
                : [Wrong(value, type, at)];
        }

        if (type.StartsWith("map[", StringComparison.Ordinal))
        {
            int end = type.IndexOf(']', StringComparison.Ordinal);
            return value.ValueKind == JsonValueKind.Object
                ? value.EnumerateObject().SelectMany(p =>
                    Key(p.Name, type[4..end], at).Concat(Flaws(p.Value, type[(end + 1)..], $"{at}.{p.Name}")))
                : [Wrong(value, type, at)];
        }

        if (schema.Enums.TryGetValue(type, out HashSet<string>? values))
        {
            return value.ValueKind == JsonValueKind.String && values.Contains(value.GetString()!) ? [] : [Wrong(value, type, at)];
        }

        return schema.Models.TryGetValue(type, out IReadOnlyDictionary<string, Property>? properties)
            ? ModelFlaws(value, type, properties, at)
            : IsScalar(value, type) ? [] : [Wrong(value, type, at)];
    }

    private IEnumerable<string> ModelFlaws(JsonElement value, string type, IReadOnlyDictionary<string, Property> properties, string at)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            yield return Wrong(value, type, at);
            yield break;
        }

        foreach (JsonProperty given in value.EnumerateObject())
        {
            if (!properties.TryGetValue(given.Name, out Property? property))
            {
                yield return $"[{at}.{given.Name}] Received not described parameters: ({given.Name})";
            }
            else if (isRequest && property.IsReadOnly && !Written.Contains((type, given.Name)))
            {
                // OVHcloud's own CLI takes these out of what it has read before it sends it back.
                yield return $"[{at}.{given.Name}] Read-only parameter";
            }
            else if (given.Value.ValueKind != JsonValueKind.Null)
            {
                foreach (string flaw in Flaws(given.Value, property.Type, $"{at}.{given.Name}"))
                {
                    yield return flaw;
                }
            }
            else if (!isRequest && !property.IsNullable)
            {
                yield return $"[{at}.{given.Name}] is null";
            }
        }

        foreach ((string name, Property property) in properties)
        {
            if (property.IsRequired && !value.TryGetProperty(name, out _))
            {
                yield return $"[{at}.{name}] Missing parameter";
            }
        }
    }

    private IEnumerable<string> Key(string name, string type, string at) =>
        schema.Enums.TryGetValue(type, out HashSet<string>? values) && !values.Contains(name) ? [$"[{at}] '{name}' is not of type {type}"] : [];

    private bool IsScalar(JsonElement value, string type) => type switch
    {
        // The parameter of a generic model; only <long> is used.
        "long" or "T" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "double" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "object" => true,
        _ when value.ValueKind != JsonValueKind.String => false,
        "uuid" => Guid.TryParseExact(value.GetString(), "D", out _),
        "datetime" => value.GetString()!.Contains('T', StringComparison.Ordinal) && value.TryGetDateTimeOffset(out _),
        "date" => DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "time" => TimeOnly.TryParseExact(value.GetString(), "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "duration" => IsDuration(value.GetString()!),
        // A bad address has an error class of its own.
        "ip" or "ipBlock" => isRequest || System.Net.IPAddress.TryParse(value.GetString()!.Split('/')[0], out _),
        _ => true,
    };

    private static bool IsDuration(string text)
    {
        try
        {
            XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string Wrong(JsonElement value, string type, string at) => $"[{at}] Given data ({value.GetRawText()}) is not valid for type {type}";
}
