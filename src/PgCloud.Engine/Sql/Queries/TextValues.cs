// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Net;
using System.Numerics;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>
///   Turns values in PostgreSQL's text format into .NET values. What has no .NET value (a month in an interval, a date before the year 1)
///   stays the text that psql would show; nothing throws.
/// </summary>
internal static class TextValues
{
    private static readonly object True = true;
    private static readonly object False = false;

    /// <summary>How values of a type are read; <see langword="null"/> where they stay text.</summary>
    internal static Func<string, object?>? ParserFor(uint typeOid) => typeOid switch
    {
        16 => Boolean,
        20 => Int64,
        21 => Int16,
        23 => Int32,
        26 or 28 or 29 => UInt32,
        5069 => UInt64,
        700 => Single,
        701 => Double,
        1700 => Numeric,
        17 => Bytes,
        1082 => Date,
        1083 => Time,
        1114 => Timestamp,
        1184 => TimestampTz,
        1186 => Interval,
        2950 => Uuid,
        869 => Inet,
        650 => Cidr,
        2278 => static _ => null,
        _ => ArrayElement(typeOid) is { } element ? TextArray.Parser(element) : null,
    };

    /// <summary>The element type of an array type that every server has; 0 for "text of some kind".</summary>
    private static uint? ArrayElement(uint typeOid) => typeOid switch
    {
        1000 => 16,
        1016 => 20,
        1005 => 21,
        1007 => 23,
        1028 => 26,
        1011 => 28,
        1012 => 29,
        271 => 5069,
        1021 => 700,
        1022 => 701,
        1231 => 1700,
        1001 => 17,
        1182 => 1082,
        1183 => 1083,
        1115 => 1114,
        1185 => 1184,
        1187 => 1186,
        2951 => 2950,
        1041 => 869,
        651 => 650,
        // text, varchar, char(n), name, "char", json, jsonb, xml, aclitem, the reg… types, bit, timetz, cstring and pg_lsn.
        1009 or 1015 or 1014 or 1003 or 1002 or 199 or 3807 or 143 or 1034 or 1008 or 2207 or 2208 or 2209 or 2210 or 2211 or 4097 or 4090
            or 1561 or 1563 or 1270 or 1263 or 3221 => 0,
        _ => null,
    };

    private static object Boolean(string text) => text == "t" ? True : text == "f" ? False : text;

    private static object Int16(string text) =>
        short.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out short v) ? v : text;

    private static object Int32(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int v) ? v : text;

    private static object Int64(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long v) ? v : text;

    private static object UInt32(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint v) ? v : text;

    private static object UInt64(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong v) ? v : text;

    private static object Single(string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float v) ? v : text;

    private static object Double(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v : text;

    private static object Numeric(string text)
    {
        // A decimal holds 28 digits of any kind; beyond that it would round without a word.
        const int exactDigits = 28;
        if (text.Length <= exactDigits && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
        {
            return number;
        }

        return text switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger integer) ? integer : text,
        };
    }

    private static object Bytes(string text) =>
        text.StartsWith("\\x", StringComparison.Ordinal) ? Convert.FromHexString(text.AsSpan(2)) : text;

    private static object Date(string text) => text switch
    {
        "infinity" => DateOnly.MaxValue,
        "-infinity" => DateOnly.MinValue,
        _ => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : text,
    };

    private static object Time(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time) ? time : text;

    private static object Timestamp(string text) => text switch
    {
        "infinity" => DateTime.MaxValue,
        "-infinity" => DateTime.MinValue,
        _ => TextTimestamp.TryParse(text, out DateTime moment, out _) ? moment : text,
    };

    private static object TimestampTz(string text) => text switch
    {
        "infinity" => DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc),
        "-infinity" => DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc),
        _ => TextTimestamp.TryParse(text, out DateTime local, out TimeSpan? offset)
            && offset is { } ahead && local.Ticks - ahead.Ticks is >= 0 and var ticks && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime(ticks, DateTimeKind.Utc)
            : text,
    };

    private static object Interval(string text) => TextInterval.TryParse(text, out TimeSpan span) ? span : text;

    private static object Uuid(string text) => Guid.TryParseExact(text, "D", out Guid guid) ? guid : text;

    // An address with a netmask is no IPAddress.
    private static object Inet(string text) =>
        !text.Contains('/', StringComparison.Ordinal) && IPAddress.TryParse(text, out IPAddress? v) ? v : text;

    private static object Cidr(string text) => IPNetwork.TryParse(text, out IPNetwork network) ? network : text;
}
