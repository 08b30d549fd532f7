// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Hosting;

/// <summary>Which cloud a call is for. IBM Cloud's services are told apart by the first part of the path, since they have a host each.</summary>
internal static class Clouds
{
    internal const string Ibm = "/ibm";

    internal const string Control = "/_emulator";

    internal static bool IsIbm(HttpContext context) => IsIbm(context.Request.Path);

    internal static bool IsIbm(PathString path) => path.StartsWithSegments(Ibm);

    internal static bool IsOvh(HttpContext context) => !IsIbm(context);

    internal static bool IsControl(HttpContext context) => context.Request.Path.StartsWithSegments(Control);
}
