// SPDX-License-Identifier: MIT

using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using PgCloud.Emulator.Faults;
using PgCloud.Emulator.Hosting;

namespace PgCloud.Emulator.Ovh.Errors;

/// <summary>Gives every answer its query id, and every error its body.</summary>
internal sealed class ErrorMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers["X-Ovh-QueryID"] = NewQueryId();
        try
        {
            await next(context);
            if (context.Response is { StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed, HasStarted: false }
                && context.GetEndpoint() is null or { DisplayName: "405 HTTP Method Not Supported" })
            {
                await WriteAsync(context, 404, new { message = "Got an invalid (or empty) URL", httpCode = "404 Not Found", errorCode = "INVALID_URL" });
            }
        }
        catch (ApiException exception)
        {
            await WriteAsync(context, exception.Status, exception.Details is null
                ? new { @class = exception.ErrorClass, message = exception.Message }
                : new { @class = exception.ErrorClass, message = exception.Message, details = exception.Details });
        }
        catch (FaultException exception)
        {
            await WriteAsync(context, exception.Status, new { @class = ClassOf(exception.Status), message = exception.Message });
        }
        catch (GatewayException exception)
        {
            await WriteAsync(context, exception.Status, new
            {
                errorCode = exception.ErrorCode,
                httpCode = $"{exception.Status} {ReasonPhrases.GetReasonPhrase(exception.Status)}",
                message = exception.Message,
            });
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            // A flaw of the emulator itself: told on standard error, answered as OVHcloud answers its own.
            await Console.Error.WriteLineAsync($"{context.Request.Method} {context.Request.Path}: {exception}");
            await WriteAsync(context, 500, new { @class = "Server::InternalServerError", message = "Internal server error" });
        }
    }

    private static string ClassOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "Client::BadRequest",
        StatusCodes.Status429TooManyRequests => "Client::TooManyRequests",
        StatusCodes.Status502BadGateway => "Server::BadGateway",
        _ => "Server::InternalServerError",
    };

    private static Task WriteAsync(HttpContext context, int status, object body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, body.GetType(), Json.Options);
    }

    // EU.ext-4.69fd9370.566251.675f091d20f7d3667bb8f7bfd527f92d
    private static string NewQueryId() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"EU.ext-4.{DateTimeOffset.UtcNow.ToUnixTimeSeconds():x}.{RandomNumberGenerator.GetInt32(100_000, 1_000_000)}.{RandomNumberGenerator.GetHexString(32, lowercase: true)}");
}
