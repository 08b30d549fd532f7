// SPDX-License-Identifier: MIT

using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace PgCloud.Pipeline;

/// <summary>Reads a hashtable of settings.</summary>
internal static class SettingTable
{
    /// <summary>The settings by name.</summary>
    internal static IReadOnlyDictionary<string, object?> Read(Hashtable? table)
    {
        var settings = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table ?? [])
        {
            settings[Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!] = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
        }

        return settings;
    }
}
