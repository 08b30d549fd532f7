// SPDX-License-Identifier: MIT

using System.Buffers.Text;
using System.Globalization;
using System.Numerics;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>Reads numbers, booleans and UUIDs as PostgreSQL writes them.</summary>
internal static class TextNumbers
{
    internal static bool TryBoolean(ReadOnlySpan<byte> text, out bool value)
    {
        value = text is [(byte)'t'];
        return value || text is [(byte)'f'];
    }

    internal static bool TryInt16(ReadOnlySpan<byte> text, out short value) =>
        Utf8Parser.TryParse(text, out value, out int length) && length == text.Length;

    internal static bool TryInt32(ReadOnlySpan<byte> text, out int value) =>
        Utf8Parser.TryParse(text, out value, out int length) && length == text.Length;

    internal static bool TryInt64(ReadOnlySpan<byte> text, out long value) =>
        Utf8Parser.TryParse(text, out value, out int length) && length == text.Length;

    internal static bool TryUInt32(ReadOnlySpan<byte> text, out uint value) =>
        Utf8Parser.TryParse(text, out value, out int length) && length == text.Length;

    internal static bool TryUInt64(ReadOnlySpan<byte> text, out ulong value) =>
        Utf8Parser.TryParse(text, out value, out int length) && length == text.Length;

    internal static bool TrySingle(ReadOnlySpan<byte> text, out float value) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    internal static bool TryDouble(ReadOnlySpan<byte> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    internal static bool TryUuid(ReadOnlySpan<byte> text, out Guid value) =>
        Utf8Parser.TryParse(text, out value, out int length, 'D') && length == text.Length;

    internal static bool TryNumeric(ReadOnlySpan<byte> text, out decimal value)
    {
        // A decimal holds 28 digits of any kind; beyond that it would round without a word.
        const int exactDigits = 28;
        value = default;
        return text.Length <= exactDigits && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    internal static object RareNumeric(string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger integer) ? integer : text,
    };
}
