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

    /// <summary>The guide's names for what dataservices has by others now; the service takes them as well.</summary>
    private static readonly string[] Older = ["backup_id", "disk_encryption_key_crn"];

    /// <summary>What is taken, by the object it stands in.</summary>
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        [string.Empty] = [.. OfDatabase, "dataservices", "service_endpoints", "onetime_credentials", .. Moved.Keys, .. NotOffered.Keys],
        ["dataservices"] = ["postgresql", "encryption", "restore_backup_id", "backups", "$schema", .. Older],
        ["dataservices.postgresql"] = [.. OfDatabase, .. Older],
        ["dataservices.postgresql.configuration"] = [.. IbmConfiguration.Names],
        ["dataservices.encryption"] = ["disk"],
        ["dataservices.backups"] = ["preserve"],
        ["dataservices.$schema"] = ["version"],
    };

    /// <summary>Reads JSON parameters and puts each where Gen 2 has it.</summary>
    internal static JObject Read(string json, IReporter reporter)
    {
        JObject given = Parse(json);
        Check(given, string.Empty, reporter);
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

    // A slip of the pen is refused. What is like nothing may be new: the service knows it or refuses it.
    private static void Check(JObject given, string place, IReporter reporter)
    {
        if (!Known.TryGetValue(place, out string[]? known))
        {
            return;
        }

        foreach (JProperty property in given.Properties())
        {
            if (!known.Contains(property.Name))
            {
                string[] offered = [.. known.Except(place.Length == 0 ? Moved.Keys.Concat(NotOffered.Keys) : Older)];
                IReadOnlyList<string> near = NearNames.Find(property.Name, offered) is { Count: > 0 } first ? first : NearNames.Find(property.Name, known);
                if (near.Count > 0)
                {
                    throw PgErrors.ServiceParameterUnknown(property.Name, place, near, offered);
                }

                reporter.Warning(
                    $"The parameter {property.Name} is sent as it is: the module does not know it. It knows {(place.Length == 0 ? "there" : $"in {place}")}: {string.Join(", ", offered)}.");
            }
            else if (property.Value is JObject inner)
            {
                Check(inner, PlaceOf(property.Name, place), reporter);
            }
        }
    }

    private static string PlaceOf(string name, string place) =>
        place.Length > 0 ? $"{place}.{name}" : OfDatabase.Contains(name) ? $"dataservices.postgresql.{name}" : name;

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
