// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PgCloud.Emulator.Ibm.Api;

namespace PgCloud.Emulator.Ibm.Restrictions;

/// <summary>Reads, checks and shows zones.</summary>
internal static partial class ZoneContent
{
    private const int MostAddresses = 1000;

    private static readonly string[] AddressTypes = ["ipAddress", "ipRange", "subnet", "vpc", "instance", "serviceRef"];

    private static readonly string[] ExcludedTypes = ["ipAddress", "ipRange", "subnet"];

    internal static JsonObject Read(JsonObject body, string account)
    {
        string name = body.Text("name") ?? string.Empty;
        if (!Name().IsMatch(name))
        {
            throw Invalid("name", name);
        }

        string description = body.Text("description") ?? string.Empty;
        if (!RuleContent.IsDescription(description))
        {
            throw Invalid("description", description);
        }

        if (body.Text("account_id") is { } given && given != account)
        {
            throw Invalid("account_id", given);
        }

        return new JsonObject
        {
            ["name"] = name,
            ["account_id"] = account,
            ["description"] = description,
            ["addresses"] = Addresses(body, "addresses", AddressTypes),
            ["excluded"] = Addresses(body, "excluded", ExcludedTypes),
        };
    }

    /// <summary>No two zones of an account have one name.</summary>
    internal static Action<IReadOnlyList<Restriction>> IsUnique(JsonObject content) => others =>
    {
        if (others.Any(z => z.Content.Text("name") == content.Text("name")))
        {
            throw new IbmException(409, "zone_name_conflict", $"A zone with the name '{content.Text("name")}' exists")
            {
                Target = ("field", "name", content.Text("name")),
            };
        }
    };

    internal static bool HasServiceReference(JsonObject content) => content.Objects("addresses").Any(a => a.Text("type") == "serviceRef");

    internal static JsonObject View(Restriction zone, bool isItem)
    {
        var members = (JsonObject)zone.Content.DeepClone();
        int addresses = zone.Content.Objects("addresses").Count;
        members["address_count"] = addresses;
        members["excluded_count"] = zone.Content.Objects("excluded").Count;
        if (isItem)
        {
            // A list has a preview of some length that the sources do not tell.
            members["addresses_preview"] = new JsonArray([.. zone.Content.Objects("addresses").Take(10).Select(a => a.DeepClone())]);
            members.Remove("addresses");
            members.Remove("excluded");
            members.Remove("account_id");
        }

        return zone.View(members);
    }

    private static JsonArray Addresses(JsonObject body, string name, string[] types)
    {
        IReadOnlyList<JsonObject> list = body.Objects(name);
        if (list.Count > MostAddresses)
        {
            throw Invalid(name, $"{list.Count} addresses");
        }

        foreach (JsonObject address in list)
        {
            string type = address.Text("type") ?? string.Empty;
            string value = address.Text("value") ?? string.Empty;
            bool isGood = types.Contains(type) && type switch
            {
                "serviceRef" => address.Object("ref")?.Text("account_id") is not null,
                "vpc" or "instance" => value.StartsWith("crn:", StringComparison.Ordinal),
                _ => Ipv4Ranges.IsGood(type, value),
            };
            if (!isGood)
            {
                throw Invalid(name, value.Length > 0 ? value : type);
            }
        }

        return new JsonArray([.. list.Select(a => a.DeepClone())]);
    }

    /// <summary>The status is in the sources, the words are not.</summary>
    internal static IbmException Invalid(string field, string value) =>
        new(400, "invalid_" + field, $"The value '{value}' of {field} is not valid") { Target = ("field", field, value) };

    [GeneratedRegex(@"\A[a-zA-Z0-9 \-_]{1,128}\z")]
    private static partial Regex Name();
}
