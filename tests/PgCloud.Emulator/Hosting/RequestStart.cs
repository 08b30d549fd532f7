// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Calls;

namespace PgCloud.Emulator.Hosting;

/// <summary>Reads the whole body, since the signature is over its bytes, and cuts off the version: /1.0 and /v1 are the same API.</summary>
internal sealed class RequestStart(RequestDelegate next)
{
    private static readonly PathString[] Versions = ["/1.0", "/v1"];

    public async Task InvokeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        context.Request.Body = new MemoryStream(body.ToArray());
        context.Features.Set(new ApiCall { Body = body.ToArray() });
        foreach (PathString version in Versions)
        {
            if (context.Request.Path.StartsWithSegments(version, out PathString rest))
            {
                context.Request.PathBase = version;
                context.Request.Path = rest;
                break;
            }
        }

        await next(context);
    }
}

/// <summary>Counts the call once it is known what route it takes.</summary>
internal sealed class CallCounting(RequestDelegate next, CallCounter calls)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/_emulator"))
        {
            calls.Add(context);
        }

        return next(context);
    }
}
