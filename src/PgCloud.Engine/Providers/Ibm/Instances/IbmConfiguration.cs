// SPDX-License-Identifier: MIT

using System.Globalization;
using Newtonsoft.Json.Linq;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Instances;

/// <summary>The settings of PostgreSQL that the service takes, with their bounds (Changing your PostgreSQL configuration, Gen 2).</summary>
internal static class IbmConfiguration
{
    private static readonly Dictionary<string, (long Least, long Most)> Numbers = new(StringComparer.Ordinal)
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

    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["log_connections"] = ["on", "off"],
        ["log_disconnections"] = ["on", "off"],
        ["wal_level"] = ["replica", "logical"],
    };

    private static readonly string[] Texts = ["pgaudit.log", "pgaudit.role"];

    /// <summary>The settings that the service takes.</summary>
    internal static IEnumerable<string> Names => Numbers.Keys.Concat(Words.Keys).Concat(Texts);

    /// <summary>The settings as the service takes them; one that is unknown or out of bounds is an error before anything is sent.</summary>
    internal static JObject Check(IReadOnlyDictionary<string, object?> wanted)
    {
        var checkedSettings = new JObject();
        foreach ((string name, object? value) in wanted)
        {
            checkedSettings[name] = CheckOne(name, value);
        }

        Compare(checkedSettings, "max_wal_senders", "max_replication_slots", 0);
        Compare(checkedSettings, "max_worker_processes", "max_logical_replication_workers", 4);
        return checkedSettings;
    }

    private static JToken CheckOne(string name, object? value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
        if (Numbers.TryGetValue(name, out (long Least, long Most) bounds))
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                && number >= bounds.Least
                && number <= bounds.Most
                    ? number
                    : throw PgErrors.ConfigurationValueInvalid(name, text, $"a whole number from {bounds.Least}{(bounds.Most == long.MaxValue ? string.Empty : $" to {bounds.Most}")}");
        }

        if (Words.TryGetValue(name, out string[]? words))
        {
            string word = value is bool isOn ? (isOn ? "on" : "off") : text.ToLowerInvariant();
            return words.Contains(word) ? word : throw PgErrors.ConfigurationValueInvalid(name, text, $"one of {string.Join(", ", words)}");
        }

        return Texts.Contains(name) ? text : throw PgErrors.IbmSettingUnknown(name, Names);
    }

    private static void Compare(JObject settings, string greater, string lesser, int by)
    {
        if (settings[greater] is { } more && settings[lesser] is { } less && (long)more < (long)less + by)
        {
            throw PgErrors.ConfigurationValueInvalid(greater, more.ToString(), $"at least {lesser}{(by == 0 ? string.Empty : $" and {by} more")}, that is {(long)less + by}");
        }
    }
}
