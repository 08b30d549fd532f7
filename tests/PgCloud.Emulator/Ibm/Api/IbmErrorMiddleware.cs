// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PgCloud.Emulator.Faults;
using PgCloud.Emulator.Hosting;

namespace PgCloud.Emulator.Ibm.Api;

/// <summary>Gives every answer its transaction id, and every error the body of its service.</summary>
internal sealed class IbmErrorMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        string transaction = NewTransaction(context);
        SetHeaders(context, transaction);
        try
        {
            await next(context);
            if (context.Response is { StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed, HasStarted: false }
                && context.GetEndpoint() is null or { DisplayName: "405 HTTP Method Not Supported" })
            {
                await WriteAsync(context, transaction, new IbmException(context.Response.StatusCode, "not_found", "The route is not served"));
            }
        }
        catch (IbmException exception)
        {
            await WriteAsync(context, transaction, exception);
        }
        catch (FaultException exception)
        {
            await WriteAsync(context, transaction, new IbmException(exception.Status, CodeOf(exception.Status), exception.Message));
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            // A flaw of the emulator itself: told on standard error.
            await Console.Error.WriteLineAsync($"{context.Request.Method} {context.Request.Path}: {exception}");
            await WriteAsync(context, transaction, new IbmException(500, CodeOf(500), "Internal server error"));
        }
    }

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "bad_request",
        StatusCodes.Status429TooManyRequests => "too_many_requests",
        _ => "internal_error",
    };

    // A caller's own id is kept.
    private static string NewTransaction(HttpContext context) =>
        context.Request.Headers["Transaction-Id"].ToString() is { Length: > 0 } given ? given
        : context.Request.Headers["X-Correlation-Id"].ToString() is { Length: > 0 } correlation ? correlation
        : context.Request.Path.StartsWithSegments(IbmPaths.ResourceController) ? "bss-" + RandomNumberGenerator.GetHexString(16, lowercase: true)
        : context.Request.Path.StartsWithSegments(IbmPaths.Iam)
            ? $"{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 7)}-{RandomNumberGenerator.GetHexString(32, lowercase: true)}"
        : Guid.NewGuid().ToString();

    private static void SetHeaders(HttpContext context, string transaction)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers["Transaction-Id"] = transaction;
        if (context.Request.Path.StartsWithSegments(IbmPaths.ResourceController))
        {
            headers["Request-Id"] = transaction;
        }
        else if (!context.Request.Path.StartsWithSegments(IbmPaths.Iam))
        {
            headers["X-Correlation-Id"] = transaction;
        }
    }

    private static Task WriteAsync(HttpContext context, string transaction, IbmException error)
    {
        context.Response.StatusCode = error.Status;
        PathString path = context.Request.Path;
        // The catalogue refuses tokens in plain text.
        if (path.StartsWithSegments(IbmPaths.GlobalCatalog) && error.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync("Token expired");
        }

        JsonObject body = path.StartsWithSegments(IbmPaths.Iam) ? Iam(context, transaction, error)
            : path.StartsWithSegments(IbmPaths.ResourceController) ? ResourceController(transaction, error)
            : Platform(transaction, error);
        return context.Response.WriteAsJsonAsync(body, Json.Options);
    }

    private static JsonObject Iam(HttpContext context, string transaction, IbmException error)
    {
        string now = DateTimeOffset.UtcNow.ToString("dd.MM.yyyy HH:mm:ss:fff 'UTC'", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["context"] = new JsonObject
            {
                ["requestId"] = transaction,
                ["requestType"] = "incoming.Identity_Token",
                ["userAgent"] = context.Request.Headers.UserAgent.ToString(),
                ["clientIp"] = context.Connection.RemoteIpAddress?.ToString(),
                ["url"] = "https://iam.cloud.ibm.com",
                ["instanceId"] = "iamid-emulator",
                ["threadId"] = "1",
                ["host"] = "iamid-emulator",
                ["startTime"] = now,
                ["endTime"] = now,
                ["elapsedTime"] = "1",
                ["locale"] = "en_US",
                ["clusterName"] = "iam-id-emulator",
            },
            ["errorCode"] = error.Code,
            ["errorMessage"] = error.Message,
        };
    }

    private static JsonObject ResourceController(string transaction, IbmException error)
    {
        var body = new JsonObject();
        if (error.Details is { } details)
        {
            body["details"] = details;
        }

        if (error.Code is { } code)
        {
            body["error_code"] = code.StartsWith("RC-", StringComparison.Ordinal)
                ? code
                : "RC-" + string.Concat(code.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
        }

        body["message"] = error.Message;
        body["status_code"] = error.Status;
        body["transaction_id"] = transaction;
        return body;
    }

    private static JsonObject Platform(string transaction, IbmException error)
    {
        var one = new JsonObject { ["code"] = error.Code, ["message"] = error.Message };
        if (error.Target is { } target)
        {
            one["target"] = new JsonObject { ["type"] = target.Type, ["name"] = target.Name, ["value"] = target.Value };
        }

        return new JsonObject { ["trace"] = transaction, ["errors"] = new JsonArray(one), ["status_code"] = error.Status };
    }
}
