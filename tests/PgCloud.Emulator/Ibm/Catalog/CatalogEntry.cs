// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ibm.Catalog;

/// <summary>An entry of the global catalogue: a service, a plan or a deployment.</summary>
internal sealed record CatalogEntry(string Id, string Name, string Kind, string? Parent, string DisplayName, string Region, object Metadata)
{
    internal static IReadOnlyList<CatalogEntry> All { get; } = [.. Plan.All.GroupBy(p => p.Service).SelectMany(Service)];

    internal string Crn => Kind == "deployment"
        ? $"crn:v1:bluemix:public:globalcatalog::::deployment:{Uri.EscapeDataString(Id)}"
        : $"crn:v1:bluemix:public:globalcatalog::::{Kind}:{Id}";

    internal object View(string url, bool isWhole) => new Dictionary<string, object?>
    {
        ["active"] = true,
        ["catalog_crn"] = Crn,
        ["children_url"] = $"{url}/{Uri.EscapeDataString(Id)}/%2A",
        ["created"] = "2025-12-15T00:00:00.000Z",
        ["disabled"] = false,
        ["geo_tags"] = Region.Length > 0 ? [Region] : Plan.Regions,
        ["id"] = Id,
        ["images"] = new { image = "https://globalcatalog.cloud.ibm.com/api/v1/images/postgresql.svg" },
        ["kind"] = Kind,
        ["metadata"] = isWhole ? Metadata : new { rc_compatible = true },
        ["name"] = Name,
        ["overview_ui"] = new { en = new { display_name = DisplayName, description = DisplayName, long_description = DisplayName } },
        ["parent_id"] = Parent,
        ["provider"] = new { name = "IBM" },
        ["tags"] = new[] { "ibm_created" },
        ["updated"] = "2026-07-01T00:00:00.000Z",
        ["url"] = $"{url}/{Uri.EscapeDataString(Id)}",
    };

    private static IEnumerable<CatalogEntry> Service(IGrouping<string, Plan> plans)
    {
        string title = plans.Key == Plan.Backups.Service ? "Databases Independent Backups" : "Databases for PostgreSQL";
        yield return new CatalogEntry(plans.Key, plans.Key, "service", null, title, string.Empty, new
        {
            rc_compatible = true,
            service = new
            {
                active = true,
                bindable = true,
                iam_compatible = true,
                plan_updateable = false,
                rc_compatible = true,
                rc_provisionable = true,
                type = "service",
            },
        });
        foreach (Plan plan in plans)
        {
            yield return new CatalogEntry(plan.Id, plan.Name, "plan", plans.Key, plan.IsGen2 ? "Standard Gen 2" : "Standard", string.Empty, new
            {
                rc_compatible = true,
                plan = new { bindable = true, reservable = false, async_provisioning_supported = true, async_unprovisioning_supported = true },
            });
            foreach (string region in Plan.Regions)
            {
                yield return new CatalogEntry(plan.DeploymentId(region), plan.DeploymentId(region), "deployment", plan.Id, region, region, new
                {
                    rc_compatible = true,
                    deployment = new
                    {
                        location = region,
                        location_url = $"https://globalcatalog.cloud.ibm.com/api/v1/{region}",
                        target_crn = plan.DeploymentCrn(region),
                    },
                    other = new { resources = new[] { new { id = "member", count = 2 } } },
                });
            }
        }
    }
}
