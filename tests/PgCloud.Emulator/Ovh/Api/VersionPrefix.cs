// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ovh.Api;

/// <summary>Cuts off the version: /1.0 and /v1 are the same API.</summary>
internal sealed class VersionPrefix(RequestDelegate next)
{
    private static readonly PathString[] Versions = ["/1.0", "/v1"];

    public Task InvokeAsync(HttpContext context)
    {
        foreach (PathString version in Versions)
        {
            if (context.Request.Path.StartsWithSegments(version, out PathString rest))
            {
                context.Request.PathBase = version;
                context.Request.Path = rest;
                break;
            }
        }

        return next(context);
    }
}
