// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text.Json;
using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ovh.Errors;

namespace PgCloud.Emulator.Ovh.Schema;

/// <summary>Refuses what the schema does not describe: query parameters and bodies.</summary>
internal sealed class RequestCheck(RequestDelegate next, ApiSchema schema)
{
    private readonly SchemaCheck _check = new(schema, isRequest: true);

    public Task InvokeAsync(HttpContext context)
    {
        if (schema.Find(context) is { } operation)
        {
            CheckQuery(context.Request.Query, operation);
            CheckBody(ApiCall.Of(context).Body, operation);
        }

        return next(context);
    }

    private void CheckQuery(IQueryCollection query, Operation operation)
    {
        foreach (string name in query.Keys)
        {
            QueryParameter parameter = operation.Query.FirstOrDefault(p => p.Name == name)
                ?? throw ApiErrors.BadRequest($"Received not described parameters: ({name}) while calling this API");
            string value = query[name].ToString();
            bool isFine = schema.Enums.TryGetValue(parameter.Type, out HashSet<string>? values) ? values.Contains(value) : parameter.Type switch
            {
                "uuid" => Guid.TryParseExact(value, "D", out _),
                "long" => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
                "boolean" => bool.TryParse(value, out _),
                _ => true,
            };
            if (!isFine)
            {
                throw ApiErrors.BadRequest($"[{name}] Given data ({value}) is not valid for type {parameter.Type}");
            }
        }

        if (operation.Query.FirstOrDefault(p => p.IsRequired && !query.ContainsKey(p.Name)) is { } missing)
        {
            throw ApiErrors.BadRequest($"[{missing.Name}] Missing parameter");
        }
    }

    private void CheckBody(byte[] body, Operation operation)
    {
        if (operation.BodyType is null)
        {
            return;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            throw ApiErrors.BadRequest("The body is not JSON");
        }

        using (document)
        {
            if (_check.Flaws(document.RootElement, operation.BodyType).FirstOrDefault() is { } flaw)
            {
                throw ApiErrors.BadRequest(flaw);
            }
        }
    }
}
