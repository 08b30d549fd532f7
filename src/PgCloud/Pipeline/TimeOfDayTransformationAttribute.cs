// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Management.Automation;

namespace PgCloud.Pipeline;

/// <summary>
///   Reads a time of day, such as <c>03:25</c>. PowerShell itself would make three days of the number 3, and take 30:00 for thirty hours.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeOfDayTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] Formats = [@"h\:mm", @"hh\:mm", @"h\:mm\:ss", @"hh\:mm\:ss"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        TimeSpan? time = value switch
        {
            TimeSpan span => span,
            DateTime moment => moment.TimeOfDay,
            string text when TimeSpan.TryParseExact(text, Formats, CultureInfo.InvariantCulture, out TimeSpan read) => read,
            _ => null,
        };
        return time is { } t && t >= TimeSpan.Zero && t < TimeSpan.FromDays(1)
            ? t
            : throw new ArgumentTransformationMetadataException($"'{value}' is not a time of day. Give one such as 03:25, from 00:00 to 23:59:59.");
    }
}
