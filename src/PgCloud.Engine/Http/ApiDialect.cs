// SPDX-License-Identifier: MIT

using System.Net.Http.Headers;
using Newtonsoft.Json.Linq;

namespace PgCloud.Engine.Http;

/// <summary>What differs between the clouds in how they answer.</summary>
internal abstract class ApiDialect
{
    /// <summary>The cloud's name, for reports.</summary>
    internal abstract string Name { get; }

    /// <summary>The API's own name for the error in a body.</summary>
    internal abstract string? ClassOf(JToken? json);

    /// <summary>The API's own words in the body of an error.</summary>
    internal abstract string? WordsOf(JToken? json);

    /// <summary>The id by which the cloud's support finds the call.</summary>
    internal abstract string? QueryIdOf(HttpResponseHeaders headers, JToken? json);

    /// <summary>The first of these headers that is there.</summary>
    protected static string? Header(HttpResponseHeaders headers, params string[] names) => names
        .Select(name => headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null)
        .FirstOrDefault(value => !string.IsNullOrEmpty(value));

    /// <summary>A field of an object, where it is a text.</summary>
    protected static string? Text(JToken? json, string field) =>
        (json as JObject)?[field] is JValue { Type: JTokenType.String } value ? (string?)value : null;
}
