// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PgCloud.Emulator.Ibm.Api;

namespace PgCloud.Emulator.Ibm.Restrictions;

/// <summary>Reads and checks rules. Those about databases have limits of their own (Protecting resources with context-based restrictions).</summary>
internal static partial class RuleContent
{
    internal const string DataPlane = "crn:v1:bluemix:public:context-based-restrictions::::api-type:data-plane";

    private const int MostContexts = 1000;
    private const int MostDatabaseAddresses = 2000;

    private static readonly string[] Modes = ["enabled", "disabled", "report"];

    internal static JsonObject Read(JsonObject body, RestrictionStore store)
    {
        string description = body.Text("description") ?? string.Empty;
        string mode = body.Text("enforcement_mode") ?? "enabled";
        IReadOnlyList<JsonObject> contexts = body.Objects("contexts");
        IReadOnlyList<JsonObject> resources = body.Objects("resources");
        if (!IsDescription(description))
        {
            throw ZoneContent.Invalid("description", description);
        }

        if (!Modes.Contains(mode))
        {
            throw ZoneContent.Invalid("enforcement_mode", mode);
        }

        if (contexts.Count > MostContexts)
        {
            throw ZoneContent.Invalid("contexts", $"{contexts.Count} contexts");
        }

        if (resources.Count != 1)
        {
            throw ZoneContent.Invalid("resources", $"{resources.Count} resources");
        }

        foreach (JsonObject attribute in contexts.SelectMany(c => c.Objects("attributes")).Concat(resources[0].Objects("attributes")))
        {
            if (!AttributeName().IsMatch(attribute.Text("name") ?? string.Empty) || attribute.Text("value") is not { Length: > 0 and <= 1000 })
            {
                throw ZoneContent.Invalid("attributes", attribute.ToJsonString());
            }
        }

        JsonObject content = new()
        {
            ["description"] = description,
            ["contexts"] = new JsonArray([.. contexts.Select(c => c.DeepClone())]),
            ["resources"] = new JsonArray(resources[0].DeepClone()),
            ["operations"] = body["operations"]?.DeepClone() ?? new JsonObject { ["api_types"] = new JsonArray() },
            ["enforcement_mode"] = mode,
        };
        CheckService(content, store);
        return content;
    }

    internal static bool IsDescription(string text) => text.Length <= 300 && text.All(c => c is >= '\x20' and <= '\xFE');

    internal static string Mode(JsonObject content) => content.Text("enforcement_mode")!;

    internal static string? Service(JsonObject content) => Attribute(content.Objects("resources")[0], "serviceName");

    internal static string? Attribute(JsonObject part, string name) => part.Objects("attributes").FirstOrDefault(a => a.Text("name") == name)?.Text("value");

    /// <summary>The zones of all contexts.</summary>
    internal static IEnumerable<string> Zones(JsonObject content) => content.Objects("contexts").SelectMany(ZonesOf);

    /// <summary>The zones of the contexts that are for a private endpoint or for any: Gen 2 has no other endpoint.</summary>
    internal static IEnumerable<string> PrivateZones(JsonObject content) =>
        content.Objects("contexts").Where(c => Attribute(c, "endpointType") is null or "private").SelectMany(ZonesOf);

    // Several zones are in one value with commas between them.
    private static IEnumerable<string> ZonesOf(JsonObject context) =>
        Attribute(context, "networkZoneId")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static void CheckService(JsonObject content, RestrictionStore store)
    {
        string? service = Service(content);
        if (RestrictedService.Find(service) is not { } known)
        {
            throw new IbmException(400, "service_not_cbr_enabled", "service not cbr enabled") { Target = ("field", "resources", service) };
        }

        JsonObject[] zones =
        [
            .. Zones(content).Select(id => store.Zones.All.FirstOrDefault(z => z.Id == id)?.Content ?? throw ZoneContent.Invalid("networkZoneId", id)),
        ];
        if (!known.IsDatabase)
        {
            return;
        }

        // That these are errors is in the sources, their words are not.
        string mode = Mode(content);
        if (mode == "report")
        {
            throw new IbmException(400, "invalid_enforcement_mode", $"Report-only is not available for {known.Title}")
            {
                Target = ("field", "enforcement_mode", mode),
            };
        }

        string?[] types = [.. (content.Object("operations")?.Objects("api_types") ?? []).Select(t => t.Text("api_type_id"))];
        if (types is not [DataPlane])
        {
            throw ZoneContent.Invalid("api_types", string.Join(", ", types));
        }

        if (zones.Any(ZoneContent.HasServiceReference))
        {
            throw ZoneContent.Invalid("contexts", "a zone with a service reference");
        }

        if (zones.Sum(z => z.Objects("addresses").Count) > MostDatabaseAddresses)
        {
            throw ZoneContent.Invalid("contexts", $"more than {MostDatabaseAddresses} addresses");
        }
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_]{1,64}\z")]
    private static partial Regex AttributeName();
}
