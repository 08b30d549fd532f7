// SPDX-License-Identifier: MIT

using System.Text.Json;
using Microsoft.AspNetCore.Routing.Patterns;

namespace PgCloud.Emulator.Ovh.Schema;

/// <summary>One operation of the API as its schema describes it.</summary>
internal sealed record Operation(
    string Method, string Path, string ResponseType, string? BodyType, IReadOnlyList<QueryParameter> Query, IReadOnlyList<string> IamActions, bool IsPublic);

/// <summary>A parameter of the query string.</summary>
internal sealed record QueryParameter(string Name, string Type, bool IsRequired);

/// <summary>A property of a model.</summary>
internal sealed record Property(string Type, bool IsNullable, bool IsReadOnly, bool IsRequired);

/// <summary>The schema of the API: operations, models and enums.</summary>
internal sealed class ApiSchema
{
    private readonly Dictionary<(string Method, string Path), Operation> _operations;

    private ApiSchema(JsonElement root)
    {
        Models = root.GetProperty("models").EnumerateObject().ToDictionary(
            m => m.Name,
            m => (IReadOnlyDictionary<string, Property>)m.Value.GetProperty("properties").EnumerateObject().ToDictionary(p => p.Name, p => ReadProperty(p.Value)));
        Enums = root.GetProperty("enums").EnumerateObject()
            .ToDictionary(e => e.Name, e => e.Value.GetProperty("values").EnumerateArray().Select(v => v.GetString()!).ToHashSet());
        _operations = root.GetProperty("paths").EnumerateArray().Concat(root.GetProperty("authPaths").EnumerateArray())
            .SelectMany(p => p.GetProperty("operations").EnumerateArray().Select(o => Read(p.GetProperty("path").GetString()!, o)))
            .ToDictionary(o => (o.Method, o.Path));
    }

    internal IReadOnlyDictionary<string, IReadOnlyDictionary<string, Property>> Models { get; }

    internal IReadOnlyDictionary<string, HashSet<string>> Enums { get; }

    internal IReadOnlyCollection<Operation> Operations => _operations.Values;

    internal static ApiSchema Load()
    {
        using Stream stream = typeof(ApiSchema).Assembly.GetManifestResourceStream("schema.json")!;
        using var document = JsonDocument.Parse(stream);
        return new ApiSchema(document.RootElement);
    }

    /// <summary>The operation a request was routed to; <see langword="null"/> where the schema has none.</summary>
    internal Operation? Find(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern is { } pattern
        ? Find(context.Request.Method, pattern)
        : null;

    /// <summary>The operation that reads one item of a list of ids; <see langword="null"/> for other operations.</summary>
    internal Operation? FindItem(Operation list) => list is { Method: "GET", ResponseType: "uuid[]" or "string[]" or "ipBlock[]" }
        ? _operations.Values.FirstOrDefault(o => o.Method == "GET" && o.Path.StartsWith(list.Path + "/{", StringComparison.Ordinal) && o.Path.EndsWith('}')
            && !o.Path[(list.Path.Length + 1)..].Contains('/', StringComparison.Ordinal))
        : null;

    internal Operation? Find(string method, RoutePattern pattern) => _operations.GetValueOrDefault((method, "/" + pattern.RawText!.Trim('/')));

    private static Property ReadProperty(JsonElement property) => new(
        property.GetProperty("type").GetString()!,
        property.GetProperty("nullable").GetBoolean(),
        property.GetProperty("readOnly").GetBoolean(),
        property.GetProperty("required").GetBoolean());

    private static Operation Read(string path, JsonElement operation) => new(
        operation.GetProperty("method").GetString()!,
        path,
        operation.GetProperty("responseType").GetString()!,
        operation.TryGetProperty("requestBody", out JsonElement body) ? body.GetProperty("type").GetString() : null,
        [.. List(operation, "parameters").Where(p => p.GetProperty("in").GetString() == "query").Select(p => new QueryParameter(
            p.GetProperty("name").GetString()!, p.GetProperty("type").GetString()!, p.GetProperty("required").GetBoolean()))],
        [.. List(operation, "iamActions").Select(a => a.GetString()!)],
        operation.TryGetProperty("noAuthentication", out JsonElement isPublic) && isPublic.GetBoolean());

    private static IEnumerable<JsonElement> List(JsonElement operation, string name) =>
        operation.TryGetProperty(name, out JsonElement list) ? list.EnumerateArray() : [];
}
