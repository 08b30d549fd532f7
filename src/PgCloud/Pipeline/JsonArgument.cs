// SPDX-License-Identifier: MIT

using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>Reads parameters of a service: a hashtable, JSON, or the path of a file with JSON.</summary>
internal static class JsonArgument
{
    /// <summary>The JSON object as text.</summary>
    /// <param name="value">What the user gave.</param>
    /// <param name="resolve">Makes a full path of one that is meant from PowerShell's location.</param>
    /// <exception cref="PgCloudException"><c>PgCloud.Cloud.ParametersInvalid</c>.</exception>
    internal static string Read(object value, Func<string, string> resolve)
    {
        object given = value is PSObject wrapped ? wrapped.BaseObject : value;
        return given switch
        {
            IDictionary table => ToJson(table)!.ToJsonString(),
            PSCustomObject => ToJson(value)!.ToJsonString(),
            string text when text.TrimStart().StartsWith('{') => text,

            // The command line takes a file with an @ before its path.
            string path => ReadFile(resolve(path.StartsWith('@') ? path[1..] : path)),
            _ => throw PgErrors.ParametersInvalid($"it is a {given.GetType().Name}"),
        };
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw PgErrors.ParametersInvalid($"the file '{path}' cannot be read: {failure.Message.TrimEnd('.')}");
        }
    }

    private static JsonNode? ToJson(object? value) => (value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value) switch
    {
        null => null,
        IDictionary table => new JsonObject(
            table.Cast<DictionaryEntry>().Select(e => KeyValuePair.Create(Convert.ToString(e.Key, CultureInfo.InvariantCulture)!, ToJson(e.Value)))),
        PSObject custom => new JsonObject(custom.Properties.Select(p => KeyValuePair.Create(p.Name, ToJson(p.Value)))),
        string text => JsonValue.Create(text),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(ToJson)]),
        var other => JsonSerializer.SerializeToNode(other, other.GetType()),
    };
}
