// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Instances;

/// <summary>
///   Puts parameters where Gen 2 has them. The guide and the first generation write some at the top or by other names; what became of each is
///   said.
/// </summary>
internal static class IbmParameterNames
{
    private static readonly string[] OfDatabase = ["storage_gb", "members", "host_flavor", "version", "configuration"];

    /// <summary>The top-level names of other documents, and where Gen 2 has them.</summary>
    private static readonly Dictionary<string, string> Moved = new(StringComparer.Ordinal)
    {
        ["backup_id"] = "dataservices.restore_backup_id",
        ["restore_backup_id"] = "dataservices.restore_backup_id",
        ["disk_encryption_key_crn"] = "dataservices.encryption.disk",
        ["members_host_flavor"] = "dataservices.postgresql.host_flavor",
        ["service-endpoints"] = "service_endpoints",
    };

    /// <summary>The names that Gen 2 has nothing for, and why.</summary>
    private static readonly Dictionary<string, string> NotOffered = new(StringComparer.Ordinal)
    {
        ["backup_encryption_key_crn"] = "a backup has the encryption key of its database",
        ["members_memory_allocation_mb"] = "the host flavor decides the memory",
        ["members_cpu_allocation_count"] = "the host flavor decides the CPUs",
        ["members_disk_allocation_mb"] = "storage_gb says it, in GB",
    };

    /// <summary>Reads JSON parameters and puts each where Gen 2 has it.</summary>
    internal static JObject Read(string json, IReporter reporter)
    {
        JObject given = Parse(json);
        var placed = new JObject();
        foreach (JProperty property in given.Properties())
        {
            if (OfDatabase.Contains(property.Name))
            {
                Set(placed, $"dataservices.postgresql.{property.Name}", property.Value);
            }
            else if (Moved.TryGetValue(property.Name, out string? path))
            {
                reporter.Warning($"The parameter {property.Name} is sent as {path}, which is its name in Gen 2.");
                Set(placed, path, property.Value);
            }
            else if (NotOffered.TryGetValue(property.Name, out string? reason))
            {
                reporter.Warning($"The parameter {property.Name} is left out: Gen 2 does not offer it, {reason}.");
            }
            else
            {
                placed.Merge(new JObject(property), MergeSettings);
            }
        }

        return placed;
    }

    /// <summary>Sets a value by its path, making what is on the way.</summary>
    internal static void Set(JObject target, string path, JToken value)
    {
        string[] names = path.Split('.');
        JObject at = target;
        foreach (string name in names[..^1])
        {
            if (at[name] is not JObject next)
            {
                at[name] = next = [];
            }

            at = next;
        }

        at[names[^1]] = value.DeepClone();
    }

    /// <summary>Arrays are replaced, objects are joined.</summary>
    internal static JsonMergeSettings MergeSettings { get; } = new() { MergeArrayHandling = MergeArrayHandling.Replace };

    private static JObject Parse(string json)
    {
        try
        {
            return JObject.Parse(json);
        }
        catch (Newtonsoft.Json.JsonReaderException failure)
        {
            throw PgErrors.ParametersInvalid(FormattableString.Invariant($"line {failure.LineNumber}, position {failure.LinePosition}"));
        }
    }
}
