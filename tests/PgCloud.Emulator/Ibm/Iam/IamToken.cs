// SPDX-License-Identifier: MIT

using Microsoft.AspNetCore.Http.Features;

namespace PgCloud.Emulator.Ibm.Iam;

/// <summary>An access token that was given out.</summary>
internal sealed record IamToken(string Text, ApiKey Key, DateTimeOffset Expires)
{
    /// <summary>Who makes this call.</summary>
    internal static IamToken Of(HttpContext context) => context.Features.GetRequiredFeature<IamToken>();
}
