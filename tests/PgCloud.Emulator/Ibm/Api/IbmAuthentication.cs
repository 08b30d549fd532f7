// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Hosting;
using PgCloud.Emulator.Ibm.Iam;

namespace PgCloud.Emulator.Ibm.Api;

/// <summary>Checks the token of a call, and whether its owner may change anything.</summary>
internal sealed class IbmAuthentication(RequestDelegate next, IamAccount account)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(IbmPaths.Iam + "/identity"))
        {
            return next(context);
        }

        string authorization = context.Request.Headers.Authorization.ToString();
        string token = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization["Bearer ".Length..] : string.Empty;
        // Only the text for an expired token is in the sources.
        IamToken known = account.FindToken(token) ?? throw new IbmException(401, "RC-IamErrorResponse", "Token is not valid");
        if (known.Expires <= EmulatorClock.Now + ApiCall.Of(context).ClockOffset)
        {
            throw new IbmException(401, "RC-IamErrorResponse", "Token is expired");
        }

        // The resource controller's answer to a caller without rights is not in the sources; its status is.
        if (!known.Key.MayWrite && !HttpMethods.IsGet(context.Request.Method))
        {
            throw new IbmException(403, "not_authorized", "You are not authorized to perform this action");
        }

        context.Features.Set(known);
        return next(context);
    }
}
