// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>
///   Reads dates and times as PostgreSQL writes them with DateStyle ISO: <c>2030-01-02 03:04:05.678901+05:30</c>. Infinity is the last or
///   first moment that .NET has; years beyond four digits, BC and other styles do not succeed.
/// </summary>
internal static class TextMoments
{
    private const int WholeDate = 10;
    private const int WholeSeconds = 19;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool TryDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        if (TryInfinity(text, out bool isPositive))
        {
            date = isPositive ? DateOnly.MaxValue : DateOnly.MinValue;
            return true;
        }

        bool isDate = TryDay(text, out int year, out int month, out int day) && text.Length == WholeDate;
        date = isDate ? new DateOnly(year, month, day) : default;
        return isDate;
    }

    internal static bool TryTime(ReadOnlySpan<byte> text, out TimeOnly time) => TimeOnly.TryParseExact(
        Encoding.ASCII.GetString(text), "HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool TryTimestamp(ReadOnlySpan<byte> text, out DateTime moment)
    {
        if (TryInfinity(text, out bool isPositive))
        {
            moment = isPositive ? DateTime.MaxValue : DateTime.MinValue;
            return true;
        }

        return TryReading(text, out moment, out text) && text.IsEmpty;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool TryTimestampTz(ReadOnlySpan<byte> text, out DateTime moment)
    {
        if (TryInfinity(text, out bool isPositive))
        {
            moment = DateTime.SpecifyKind(isPositive ? DateTime.MaxValue : DateTime.MinValue, DateTimeKind.Utc);
            return true;
        }

        if (TryReading(text, out moment, out text) && TryOffset(text, out long ahead)
            && moment.Ticks - ahead is >= 0 and var ticks && ticks <= DateTime.MaxValue.Ticks)
        {
            moment = new DateTime(ticks, DateTimeKind.Utc);
            return true;
        }

        return false;
    }

    private static bool TryInfinity(ReadOnlySpan<byte> text, out bool isPositive)
    {
        isPositive = text.SequenceEqual("infinity"u8);
        return isPositive || text.SequenceEqual("-infinity"u8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryDay(ReadOnlySpan<byte> text, out int year, out int month, out int day)
    {
        month = day = 0;
        year = text.Length >= WholeDate && text[4] == '-' && text[7] == '-' ? (Two(text) * 100) + Two(text[2..]) : 0;
        if (year <= 0)
        {
            return false;
        }

        month = Two(text[5..]);
        day = Two(text[8..]);
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryReading(ReadOnlySpan<byte> text, out DateTime reading, out ReadOnlySpan<byte> rest)
    {
        reading = default;
        rest = default;
        if (text.Length < WholeSeconds || text[10] != ' ' || text[13] != ':' || text[16] != ':'
            || !TryDay(text, out int year, out int month, out int day))
        {
            return false;
        }

        int hour = Two(text[11..]);
        int minute = Two(text[14..]);
        int second = Two(text[17..]);
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }

        long fraction = 0;
        int end = WholeSeconds;
        if (end < text.Length && text[end] == '.')
        {
            end++;
            for (long scale = TimeSpan.TicksPerSecond / 10; end < text.Length && text[end] - '0' is >= 0 and <= 9; end++, scale /= 10)
            {
                fraction += (text[end] - '0') * scale;
            }
        }

        reading = new DateTime(year, month, day, hour, minute, second).AddTicks(fraction);
        rest = text[end..];
        return true;
    }

    // +hh, +hh:mm or, for the local mean times of old, +hh:mm:ss.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryOffset(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length is not (3 or 6 or 9) || text[0] is not ((byte)'+' or (byte)'-'))
        {
            return false;
        }

        int hours = Two(text[1..]);
        int minutes = text.Length >= 6 ? Two(text[4..]) : 0;
        int seconds = text.Length == 9 ? Two(text[7..]) : 0;
        ticks = ((hours * 3600L) + (minutes * 60L) + seconds) * TimeSpan.TicksPerSecond;
        ticks = text[0] == '-' ? -ticks : ticks;
        return hours >= 0 && minutes >= 0 && seconds >= 0;
    }

    /// <summary>A number of two digits; far below 0 where they are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Two(ReadOnlySpan<byte> digits)
    {
        const int none = -100_000;
        int tens = digits[0] - '0';
        int ones = digits[1] - '0';
        return tens is < 0 or > 9 || ones is < 0 or > 9 ? none : (tens * 10) + ones;
    }
}
