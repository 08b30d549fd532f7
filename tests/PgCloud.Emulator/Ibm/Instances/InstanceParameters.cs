// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;

namespace PgCloud.Emulator.Ibm.Instances;

/// <summary>
///   Reads and checks <c>parameters</c>. The names of the getting-started page, <c>backup_id</c> and <c>disk_encryption_key_crn</c>, are taken
///   as well as those of newer pages, <c>restore_backup_id</c> and <c>encryption.disk</c>.
/// </summary>
internal static class InstanceParameters
{
    internal static readonly IReadOnlyList<string> Flavors =
    [
        "bx3d.4x20", "bx3d.8x40", "bx3d.16x80", "bx3d.32x160", "bx3d.48x240", "bxf.4x16", "bxf.8x32", "bxf.16x64", "bxf.32x128", "bxf.48x192",
    ];

    internal const string OnlyVersion = "18";

    private static readonly string[] OnTop =
        ["dataservices", "service_endpoints", "service-endpoints", "onetime_credentials", "backup_id", "restore_backup_id", "disk_encryption_key_crn"];

    private static readonly string[] InDataservices =
        ["postgresql", "encryption", "restore_backup_id", "backup_id", "disk_encryption_key_crn", "backups", "$schema"];

    private static readonly string[] InPostgresql = ["members", "storage_gb", "host_flavor", "version", "configuration", "backup_id", "disk_encryption_key_crn"];

    internal static InstanceSpec Read(JsonObject? parameters, InstanceSpec? current)
    {
        InstanceSpec spec = current ?? new InstanceSpec();
        if (parameters is null)
        {
            return spec;
        }

        Known(parameters, OnTop);
        foreach (string name in new[] { "service_endpoints", "service-endpoints" })
        {
            if (parameters.ContainsKey(name) && Text(parameters[name]) is var endpoints && endpoints != "private")
            {
                throw BrokerErrors.Value("service_endpoints", endpoints, "private");
            }
        }

        JsonObject services = Part(parameters, "dataservices");
        Known(services, InDataservices);
        JsonObject postgresql = Part(services, "postgresql");
        Known(postgresql, InPostgresql);
        JsonObject encryption = Part(services, "encryption");
        Known(encryption, ["disk"]);
        spec = spec with
        {
            Members = postgresql.ContainsKey("members") ? Members(postgresql["members"]) : spec.Members,
            StorageGb = postgresql.ContainsKey("storage_gb") ? Storage(postgresql["storage_gb"]) : spec.StorageGb,
            HostFlavor = postgresql.ContainsKey("host_flavor") ? Flavor(Text(postgresql["host_flavor"])) : spec.HostFlavor,
            Version = postgresql.ContainsKey("version") ? Version(Text(postgresql["version"]), current) : spec.Version,
            Configuration = Configuration.Merge(spec.Configuration, Part(postgresql, "configuration")),
            Backup = First([parameters, services, postgresql], "restore_backup_id", "backup_id") ?? spec.Backup,
            DiskKey = Text(encryption["disk"]) ?? First([parameters, services, postgresql], "disk_encryption_key_crn") ?? spec.DiskKey,
        };
        return spec.DiskKey is { } key && !key.StartsWith("crn:", StringComparison.Ordinal) ? throw BrokerErrors.Value("encryption.disk", key, "the CRN of a key")
            : current is not null && spec.StorageGb < current.StorageGb ? throw BrokerErrors.ShrinkingStorage(current.StorageGb, spec.StorageGb)
            : spec;
    }

    private static void Known(JsonObject part, string[] names)
    {
        if (part.Select(p => p.Key).FirstOrDefault(n => !names.Contains(n)) is { } unknown)
        {
            throw BrokerErrors.Unknown(unknown);
        }
    }

    private static JsonObject Part(JsonObject parent, string name) => parent[name] switch
    {
        null => [],
        JsonObject part => part,
        _ => throw BrokerErrors.Malformed(),
    };

    private static string? First(JsonObject[] places, params string[] names) =>
        places.SelectMany(p => names.Select(n => Text(p[n]))).FirstOrDefault(t => t is not null);

    // A number is told as it was sent, a text without its quotes.
    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : node?.ToJsonString();

    private static int? Whole(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static int Members(JsonNode? node) => Whole(node) is 2 or 3 ? Whole(node)!.Value : throw BrokerErrors.Members(Text(node) ?? "null");

    private static int Storage(JsonNode? node) => Whole(node) is { } size and >= 10 and <= 9600 ? size : throw BrokerErrors.Storage(Text(node) ?? "null");

    private static string Flavor(string? name) => name is not null && Flavors.Contains(name)
        ? name
        : throw BrokerErrors.Value("host_flavor", name, string.Join(", ", Flavors));

    private static string Version(string? version, InstanceSpec? current) => version == OnlyVersion ? version
        : current is null ? throw BrokerErrors.Value("version", version, OnlyVersion)
        : throw BrokerErrors.ChangedVersion(current.Version, version ?? "null");
}
