// SPDX-License-Identifier: MIT

using System.Collections;
using System.Globalization;
using System.Management.Automation;
using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>What a <c>-Setting</c> hashtable asks for.</summary>
internal static class SettingArgument
{
    /// <summary>The settings by name, in an order that is the same in every run.</summary>
    internal static IReadOnlyList<RoleSettingRequest> Read(IDictionary? settings)
    {
        var requests = new List<RoleSettingRequest>();
        foreach (DictionaryEntry entry in settings ?? new Hashtable())
        {
            requests.Add(Read(Text(entry.Key), Bare(entry.Value)));
        }

        requests.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return requests;
    }

    private static RoleSettingRequest Read(string name, object? value) => value switch
    {
        null => new RoleSettingRequest(name, null),
        string text => new RoleSettingRequest(name, [text]),
        IEnumerable elements => new RoleSettingRequest(name, [.. elements.Cast<object?>().Select(e => Text(Bare(e)))], IsList: true),
        _ => new RoleSettingRequest(name, [Text(value)]),
    };

    // As PostgreSQL writes them, whatever the culture.
    private static string Text(object? value) => value switch
    {
        true => "on",
        false => "off",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
