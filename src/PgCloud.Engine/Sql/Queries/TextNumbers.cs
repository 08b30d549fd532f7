// SPDX-License-Identifier: MIT

using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

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

    /// <summary>A UUID; by hand, since of 1,000,000 rows the framework's parsers would take longer than all else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool TryUuid(ReadOnlySpan<byte> text, out Guid value)
    {
        value = default;
        if (text.Length != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        int place = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            place += i is 4 or 6 or 8 or 10 ? 1 : 0;
            int high = Digit(text[place++]);
            int low = Digit(text[place++]);
            if ((high | low) < 0)
            {
                return false;
            }

            bytes[i] = (byte)((high << 4) | low);
        }

        value = new Guid(bytes, bigEndian: true);
        return true;
    }

    /// <summary>A number that a decimal holds without rounding; the short ones, which are most, by hand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool TryNumeric(ReadOnlySpan<byte> text, out decimal value)
    {
        // An unsigned long holds any 19 digits, and a decimal 28.
        const int shortDigits = 19;
        const int exactDigits = 28;
        if (text.Length > shortDigits)
        {
            value = default;
            return text.Length <= exactDigits && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }

        bool isNegative = text is [(byte)'-', ..];
        ulong digits = 0;
        int scale = -1;
        for (int i = isNegative ? 1 : 0; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
                scale += scale < 0 ? 0 : 1;
            }
            else if (text[i] == '.' && scale < 0)
            {
                scale = 0;
            }
            else
            {
                value = default;
                return false;
            }
        }

        value = new decimal((int)digits, (int)(digits >> 32), 0, isNegative, (byte)Math.Max(scale, 0));
        return text.Length > (isNegative ? 1 : 0);
    }

    internal static object RareNumeric(string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger integer) ? integer : text,
    };

    // By the character; what is no digit is below 0.
    private static ReadOnlySpan<sbyte> HexDigits =>
    [
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -1, -1, -1, -1, -1,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, 10, 11, 12, 13, 14, 15, -1,
    ];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Digit(byte c) => c < HexDigits.Length ? HexDigits[c] : -1;
}
