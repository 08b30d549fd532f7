// SPDX-License-Identifier: MIT

using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace PgCloud.Pipeline;

/// <summary>What a hashtable says to an API that takes texts only.</summary>
internal static class TextDictionary
{
    /// <summary>The texts by name; <see langword="null"/> where there is no hashtable.</summary>
    internal static IReadOnlyDictionary<string, string>? Read(IDictionary? values)
    {
        if (values is null)
        {
            return null;
        }

        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in values)
        {
            texts[Text(entry.Key)] = Text(entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value);
        }

        return texts;
    }

    // As JSON writes them, whatever the culture.
    private static string Text(object? value) => value switch
    {
        true => "true",
        false => "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };
}
