// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Ibm.Api;

/// <summary>Query parameters.</summary>
internal static class IbmQuery
{
    internal static string? Query(this HttpContext context, string name) =>
        context.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>Whether a thing has the value that a filter asks for, if it asks for one.</summary>
    internal static bool Wants(this HttpContext context, string name, string? value) => context.Query(name) is not { } wanted || wanted == value;
}
