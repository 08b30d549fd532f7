// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Emulator.Hosting;

namespace PgCloud.Emulator.Faults;

/// <summary>Lets go wrong what the request's header or the plan asks for.</summary>
internal sealed class FaultMiddleware(RequestDelegate next, FaultPlan plan, Tokens tokens)
{
    internal const string Header = "X-Emulator-Fault";

    private static readonly Dictionary<FaultKind, (int Status, string Title, string Text)> Pages = new()
    {
        [FaultKind.HtmlBadGateway] = (StatusCodes.Status502BadGateway, "502 Bad Gateway", "The server behind this one answered what is no answer."),
        [FaultKind.HtmlUnavailable] = (StatusCodes.Status503ServiceUnavailable, "503 Service Unavailable", "No server is available to handle this request."),
        [FaultKind.HtmlSuccess] = (StatusCodes.Status200OK, "Welcome to the guest network", "Accept the terms of use to go on."),
    };

    public async Task InvokeAsync(HttpContext context)
    {
        if (Clouds.IsControl(context))
        {
            await next(context);
            return;
        }

        List<Fault> faults = [.. plan.Take(context.Request.Method, context.Request.Path.Value!)];
        if (context.Request.Headers[Header].ToString() is { Length: > 0 } asked)
        {
            faults.AddRange(Parse(asked));
        }

        TimeSpan delay = plan.Latency + TimeSpan.FromMilliseconds(faults.Where(f => f.Kind == FaultKind.Delay).Sum(f => f.Number ?? 1000));
        await Task.Delay(delay, context.RequestAborted);
        ApiCall.Of(context).ClockOffset = TimeSpan.FromSeconds(faults.Where(f => f.Kind == FaultKind.Clock).Sum(f => f.Number ?? 10_800));
        await MeetAsync(context, faults.FirstOrDefault(f => f.Kind is not (FaultKind.Delay or FaultKind.Clock)));
    }

    private static IReadOnlyList<Fault> Parse(string text)
    {
        try
        {
            return Fault.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new FaultException(StatusCodes.Status400BadRequest, exception.Message);
        }
    }

    private async Task MeetAsync(HttpContext context, Fault? fault)
    {
        switch (fault?.Kind)
        {
            case null:
                await next(context);
                return;
            case FaultKind.TooManyRequests:
                SetRetryAfter(context, fault);
                throw new FaultException(StatusCodes.Status429TooManyRequests, "Too many requests");
            case FaultKind.BadGateway:
                SetRetryAfter(context, fault);
                throw new FaultException(StatusCodes.Status502BadGateway, "Bad gateway");
            case FaultKind.InternalError:
                throw new FaultException(StatusCodes.Status500InternalServerError, "Internal server error");
            case FaultKind.InternalErrorButDone:
                await RunAsync(context);
                throw new FaultException(StatusCodes.Status500InternalServerError, "Internal server error");
            case FaultKind.Unavailable:
                throw new FaultException(StatusCodes.Status503ServiceUnavailable, "Service unavailable");
            case FaultKind.HtmlBadGateway or FaultKind.HtmlUnavailable or FaultKind.HtmlSuccess:
                (int status, string title, string text) = Pages[fault.Kind];
                context.Response.StatusCode = status;
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync($"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>");
                return;
            case FaultKind.Late:
                byte[] late = await RunAsync(context);
                await Task.Delay(TimeSpan.FromMilliseconds(fault.Number ?? 1000), context.RequestAborted);
                await context.Response.Body.WriteAsync(late);
                return;
            case FaultKind.EmptyBody:
                await RunAsync(context);
                context.Response.ContentLength = null;
                return;
            case FaultKind.WrongType:
                byte[] json = await RunAsync(context);
                context.Response.ContentType = "text/plain";
                await context.Response.Body.WriteAsync(json);
                return;
            case FaultKind.TokenExpired:
                tokens.Revoke(Clouds.IsIbm(context));
                await next(context);
                return;
            case FaultKind.CutBefore:
                context.Abort();
                return;
            case FaultKind.CutBody:
                byte[] whole = await RunAsync(context);
                if (whole.Length == 0)
                {
                    // Nothing to cut in, and with 204 no length to tell.
                    context.Abort();
                    return;
                }

                context.Response.ContentLength = whole.Length + 1;
                await context.Response.Body.WriteAsync(whole.AsMemory(0, whole.Length / 2));
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
            default:
                byte[] body = await RunAsync(context);
                context.Response.ContentLength = null;
                await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
                return;
        }
    }

    private static void SetRetryAfter(HttpContext context, Fault fault)
    {
        if (fault.Number is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Answers the call as usual, but keeps the body back.</summary>
    private async Task<byte[]> RunAsync(HttpContext context)
    {
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

        return kept.ToArray();
    }
}
