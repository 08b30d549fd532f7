// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Api;
using PgCloud.Emulator.Ibm.Instances;
using PgCloud.Emulator.Ibm.Tags;

namespace PgCloud.Emulator.Ibm.Restrictions;

/// <summary>
///   Whom the rules let in. Where no rule that is enabled is about an instance everybody is; else whoever is in a zone of any of them. Only
///   IPv4 counts, and only what is an address: nobody comes from a VPC or a service here.
/// </summary>
internal sealed class AllowList(RestrictionStore store, TagStore tags)
{
    private static readonly string[] Everybody = ["0.0.0.0/0", "::/0"];

    internal IReadOnlyList<string> Of(Instance instance)
    {
        Restriction[] rules = [.. store.Rules.All.Where(r => RuleContent.Mode(r.Content) == "enabled" && IsAbout(r.Content, instance))];
        return rules.Length == 0
            ? Everybody
            : [.. rules.SelectMany(r => RuleContent.PrivateZones(r.Content)).Distinct().SelectMany(Addresses).SelectMany(Ipv4Ranges.ToNetworks).Distinct()];
    }

    private bool IsAbout(JsonObject rule, Instance instance)
    {
        JsonObject resource = rule.Objects("resources")[0];
        return resource.Objects("attributes").All(a => Matches(a, a.Text("name") switch
            {
                "accountId" => instance.Account,
                "serviceName" => instance.Plan.Service,
                "serviceInstance" => instance.Guid,
                "resourceGroupId" => instance.ResourceGroup,
                "region" => instance.Region,
                _ => null,
            }))
            && resource.Objects("tags").All(t => tags.Names(instance.Crn).Contains($"{t.Text("name")}:{t.Text("value")}", StringComparer.OrdinalIgnoreCase));
    }

    private static bool Matches(JsonObject attribute, string? value) => value is not null && (attribute.Text("operator") == "stringMatch"
        ? Wildcard.IsMatch(attribute.Text("value") ?? string.Empty, value)
        : attribute.Text("value") == value);

    private List<(uint From, uint To)> Addresses(string zone)
    {
        JsonObject? content = store.Zones.All.FirstOrDefault(z => z.Id == zone)?.Content;
        return content is null ? [] : Ipv4Ranges.Subtract(Ranges(content, "addresses"), Ranges(content, "excluded"));
    }

    private static IEnumerable<(uint From, uint To)> Ranges(JsonObject zone, string name) =>
        zone.Objects(name).Select(a => Ipv4Ranges.Read(a.Needed("type"), a.Text("value") ?? string.Empty)).OfType<(uint From, uint To)>();
}
