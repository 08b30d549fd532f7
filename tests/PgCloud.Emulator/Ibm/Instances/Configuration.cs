// SPDX-License-Identifier: MIT

using System.Text.Json.Nodes;

namespace PgCloud.Emulator.Ibm.Instances;

/// <summary>The configuration parameters with their ranges (Changing configuration parameters, Gen 2). They are told, not applied.</summary>
internal static class Configuration
{
    private static readonly Dictionary<string, (long Least, long Most)> Ranges = new()
    {
        ["max_connections"] = (25, 500),
        ["log_min_duration_statement"] = (-1, 3_600_000),
        ["max_locks_per_transaction"] = (10, 1024),
        ["max_prepared_transactions"] = (0, 500),
        ["shared_buffers"] = (16, long.MaxValue),
        ["max_wal_senders"] = (10, 40),
        ["max_replication_slots"] = (10, 40),
        ["max_worker_processes"] = (8, 32),
        ["max_logical_replication_workers"] = (4, 28),
    };

    private static readonly Dictionary<string, string[]?> Words = new()
    {
        ["log_connections"] = ["on", "off"],
        ["log_disconnections"] = ["on", "off"],
        ["wal_level"] = ["replica", "logical"],
        ["pgaudit.log"] = null,
        ["pgaudit.role"] = null,
    };

    internal static JsonObject Merge(JsonObject current, JsonObject changes)
    {
        var merged = (JsonObject)current.DeepClone();
        foreach ((string name, JsonNode? value) in changes)
        {
            Check(name, value);
            merged[name] = value?.DeepClone();
        }

        return merged;
    }

    private static void Check(string name, JsonNode? node)
    {
        var value = node as JsonValue;
        if (Ranges.TryGetValue(name, out (long Least, long Most) range))
        {
            if (value is null || !value.TryGetValue(out long number) || number < range.Least || number > range.Most)
            {
                throw BrokerErrors.Value(name, node?.ToString(), $"{range.Least} to {range.Most}");
            }
        }
        else if (!Words.TryGetValue(name, out string[]? words))
        {
            throw BrokerErrors.Unknown(name);
        }
        else if (words is not null && !words.Contains(node?.ToString()) && value?.TryGetValue(out bool _) != true)
        {
            throw BrokerErrors.Value(name, node?.ToString(), string.Join(", ", words));
        }
    }
}
