// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Calls;

namespace PgCloud.Emulator.Hosting;

/// <summary>Reads the whole body: OVHcloud's signature is over its bytes, and errors must not depend on how much of it was read.</summary>
internal sealed class RequestStart(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        context.Request.Body = new MemoryStream(body.ToArray());
        context.Features.Set(new ApiCall { Body = body.ToArray() });
        await next(context);
    }
}

/// <summary>Counts the call once it is known what route it takes.</summary>
internal sealed class CallCounting(RequestDelegate next, CallCounter calls)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!Clouds.IsControl(context))
        {
            calls.Add(context);
        }

        return next(context);
    }
}
