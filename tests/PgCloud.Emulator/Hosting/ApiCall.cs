// SPDX-License-Identifier: MIT

using Microsoft.AspNetCore.Http.Features;

namespace PgCloud.Emulator.Hosting;

/// <summary>What is known of the request that is being answered.</summary>
internal sealed class ApiCall
{
    /// <summary>The body's exact bytes: the signature is over them.</summary>
    internal required byte[] Body { get; init; }

    /// <summary>How far the server's clock is off for this call.</summary>
    internal TimeSpan ClockOffset { get; set; }

    internal static ApiCall Of(HttpContext context) => context.Features.GetRequiredFeature<ApiCall>();
}
