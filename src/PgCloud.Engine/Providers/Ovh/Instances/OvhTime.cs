// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Engine.Providers.Ovh.Instances;

/// <summary>The API's type <c>time</c>.</summary>
internal static class OvhTime
{
    /// <summary>As the API writes it, <c>03:25:00</c>.</summary>
    internal static string Format(TimeSpan time) => time.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);

    /// <summary>Whether the API's text is that time.</summary>
    internal static bool IsSame(string text, TimeSpan time) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan present) && present == time;
}
