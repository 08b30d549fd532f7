// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ibm.Iam;

/// <summary>/identity/token and /v2/roles.</summary>
internal static class IamRoutes
{
    internal static void MapIam(this IEndpointRouteBuilder iam, IamAccount account)
    {
        iam.MapPost("/identity/token", (Delegate)((HttpContext context) => TokenRoute.AnswerAsync(context, account)));
        iam.MapGet("/v2/roles", (HttpContext context) => new
        {
            custom_roles = Array.Empty<object>(),
            service_roles = ServiceRole.All.Select(r => new { display_name = r.Name, description = r.Description, actions = Array.Empty<string>(), crn = r.Crn }),
            system_roles = Array.Empty<object>(),
        });
    }
}
