// SPDX-License-Identifier: MIT

using System.Text.Json;
using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Errors;

namespace PgCloud.Emulator.Ovh.Schema;

/// <summary>Turns an answer that the schema does not describe into a 500 that names the flaw.</summary>
internal sealed class ResponseCheck(RequestDelegate next, ApiSchema schema, EmulatorOptions options)
{
    private readonly SchemaCheck _check = new(schema, isRequest: false);

    public async Task InvokeAsync(HttpContext context)
    {
        if (!options.CheckAnswers || schema.Find(context) is not { } operation)
        {
            await next(context);
            return;
        }

        Stream real = context.Response.Body;
        using var kept = new MemoryStream();
        context.Response.Body = kept;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = real;
        }

        if (Flaw(context, operation, kept) is { } flaw)
        {
            context.Response.Clear();
            throw new ApiException(500, "Emulator::SchemaViolation", $"{operation.Method} {operation.Path}: {flaw}");
        }

        kept.Position = 0;
        await kept.CopyToAsync(real);
    }

    private string? Flaw(HttpContext context, Operation operation, MemoryStream body)
    {
        string type = Paging.IsAsked(context) && schema.FindItem(operation) is { } item ? item.ResponseType + "[]" : operation.ResponseType;
        if (context.Response.StatusCode != StatusCodes.Status200OK)
        {
            return $"status {context.Response.StatusCode}";
        }

        if (type == "void" || body.Length == 0)
        {
            return type == "void" && body.Length == 0 ? null : $"{body.Length} bytes for {type}";
        }

        using var document = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
        return _check.Flaws(document.RootElement, type).FirstOrDefault();
    }
}
