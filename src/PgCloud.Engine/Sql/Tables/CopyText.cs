// SPDX-License-Identifier: MIT

using System.Collections;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Numerics;
using System.Text;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>
///   .NET values as the text that PostgreSQL reads, whatever the settings of the session are. A column's type is the server's business:
///   every type has a text form.
/// </summary>
internal static class CopyText
{
    /// <summary>The text; <see langword="null"/> for NULL.</summary>
    /// <exception cref="FormatException">The value has no such text; the message says why.</exception>
    internal static string? Of(object? value) => value switch
    {
        null or DBNull => null,
        string text => text,
        bool flag => flag ? "t" : "f",
        DateTime moment => Of(moment),
        DateTimeOffset moment => Of(moment),
        DateOnly date => Of(date),
        TimeOnly time => time.ToString("HH':'mm':'ss.FFFFFFF", CultureInfo.InvariantCulture),
        TimeSpan span => Of(span),
        // Enough digits to be the same number again; NaN and Infinity are PostgreSQL's words too.
        double or float => ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture),
        byte[] bytes => "\\x" + Convert.ToHexString(bytes),
        sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or decimal or Half or BigInteger or Guid =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        char or Enum or IPAddress or IPNetwork or PhysicalAddress or PgRange or PgInterval or Uri or Version => value.ToString(),
        IDictionary => throw new FormatException("it is a hashtable; ConvertTo-Json makes text of it"),
        Array { Rank: > 1 } => throw new FormatException("it is an array of more than one dimension; make it an array of arrays"),
        IEnumerable list => Of(list),
        _ => throw new FormatException($"it is a {value.GetType().Name}, which has no form in PostgreSQL; make text of it"),
    };

    /// <summary>A multirange, whose ranges stand unquoted, unlike an array's: <c>{[1,5),[7,9)}</c>.</summary>
    internal static string? OfMultirange(object? value) =>
        value is IEnumerable ranges and not string ? $"{{{string.Join(',', ranges.Cast<object?>().Select(Of))}}}" : Of(value);

    private static string Of(DateTime moment)
    {
        if (moment == DateTime.MaxValue)
        {
            return "infinity";
        }

        if (moment == DateTime.MinValue)
        {
            return "-infinity";
        }

        // With its offset a local time is the right moment in a timestamptz column, and the reading of the clock in a timestamp column.
        string offset = moment.Kind switch
        {
            DateTimeKind.Utc => "+00",
            DateTimeKind.Local => Offset(TimeZoneInfo.Local.GetUtcOffset(moment)),
            _ => string.Empty,
        };
        return moment.ToString("yyyy'-'MM'-'dd' 'HH':'mm':'ss.FFFFFFF", CultureInfo.InvariantCulture) + offset;
    }

    private static string Of(DateTimeOffset moment) =>
        moment == DateTimeOffset.MaxValue ? "infinity"
        : moment == DateTimeOffset.MinValue ? "-infinity"
        : moment.ToString("yyyy'-'MM'-'dd' 'HH':'mm':'ss.FFFFFFF", CultureInfo.InvariantCulture) + Offset(moment.Offset);

    private static string Of(DateOnly date) =>
        date == DateOnly.MaxValue ? "infinity"
        : date == DateOnly.MinValue ? "-infinity"
        : date.ToString("yyyy'-'MM'-'dd", CultureInfo.InvariantCulture);

    private static string Offset(TimeSpan offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}");

    private static string Of(TimeSpan span)
    {
        // Each part has its own sign, so that IntervalStyle cannot make one sign stand for both. Less than a day fits a time column too.
        string time = (span < TimeSpan.Zero ? "-" : string.Empty) + span.ToString("hh':'mm':'ss'.'fffffff", CultureInfo.InvariantCulture);
        return span.Days == 0 ? time : string.Create(CultureInfo.InvariantCulture, $"{span.Days} days {time}");
    }

    /// <summary>An array: <c>{"1",NULL,"a \"b\""}</c>.</summary>
    private static string Of(IEnumerable list)
    {
        var text = new StringBuilder("{");
        foreach (object? element in list)
        {
            if (text.Length > 1)
            {
                text.Append(',');
            }

            string? one = Of(element);
            if (one is null)
            {
                text.Append("NULL");
            }
            else if (element is IEnumerable and not (string or byte[]))
            {
                text.Append(one);
            }
            else
            {
                text.Append('"').Append(one.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            }
        }

        return text.Append('}').ToString();
    }
}
