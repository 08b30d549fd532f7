// SPDX-License-Identifier: MIT

using System.Net;
using System.Text;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>
///   How each type that every server has is read, by its OID. All others, and what .NET has nothing for, are the text that psql would show.
/// </summary>
internal static class ColumnTypes
{
    private static readonly ColumnType Text = new ObjectColumnType<string>(TryText);
    private static readonly ColumnType Nothing = new ObjectColumnType<string>(TryNothing);
    private static readonly ColumnType Boolean = new ValueColumnType<bool>(TextNumbers.TryBoolean);
    private static readonly ColumnType Int16 = new ValueColumnType<short>(TextNumbers.TryInt16);
    private static readonly ColumnType Int32 = new ValueColumnType<int>(TextNumbers.TryInt32);
    private static readonly ColumnType Int64 = new ValueColumnType<long>(TextNumbers.TryInt64);
    private static readonly ColumnType UInt32 = new ValueColumnType<uint>(TextNumbers.TryUInt32);
    private static readonly ColumnType UInt64 = new ValueColumnType<ulong>(TextNumbers.TryUInt64);
    private static readonly ColumnType Single = new ValueColumnType<float>(TextNumbers.TrySingle);
    private static readonly ColumnType Double = new ValueColumnType<double>(TextNumbers.TryDouble);
    private static readonly ColumnType Numeric = new ValueColumnType<decimal>(TextNumbers.TryNumeric, TextNumbers.RareNumeric);
    private static readonly ColumnType Uuid = new ValueColumnType<Guid>(TextNumbers.TryUuid);
    private static readonly ColumnType Date = new ValueColumnType<DateOnly>(TextMoments.TryDate);
    private static readonly ColumnType Time = new ValueColumnType<TimeOnly>(TextMoments.TryTime);
    private static readonly ColumnType Timestamp = new ValueColumnType<DateTime>(TextMoments.TryTimestamp);
    private static readonly ColumnType TimestampTz = new ValueColumnType<DateTime>(TextMoments.TryTimestampTz);
    private static readonly ColumnType Interval = new ValueColumnType<TimeSpan>(TextIntervals.TryTimeSpan, TextIntervals.Rare);
    private static readonly ColumnType Bytes = new ObjectColumnType<byte[]>(TryBytes);
    private static readonly ColumnType Inet = new ObjectColumnType<IPAddress>(TryInet);
    private static readonly ColumnType Cidr = new ValueColumnType<IPNetwork>(TryCidr);

    /// <summary>How values of a type are read.</summary>
    internal static ColumnType Of(uint typeOid) => Scalar(typeOid) ?? typeOid switch
    {
        2278 => Nothing,
        4451 => Multirange(Int32),
        4536 => Multirange(Int64),
        4532 => Multirange(Numeric),
        4533 => Multirange(Timestamp),
        4534 => Multirange(TimestampTz),
        4535 => Multirange(Date),
        _ => ElementOf(typeOid) is { } element ? new ObjectColumnType<Array>(TextArrays.Parser(element)) : Text,
    };

    /// <summary>Whether values of a type are JSON texts.</summary>
    internal static bool IsJson(uint typeOid) => typeOid is 114 or 3802;

    private static ColumnType? Scalar(uint typeOid) => typeOid switch
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
        3904 => Range(Int32),
        3926 => Range(Int64),
        3906 => Range(Numeric),
        3908 => Range(Timestamp),
        3910 => Range(TimestampTz),
        3912 => Range(Date),
        _ => null,
    };

    private static ColumnType? ElementOf(uint arrayOid) => arrayOid switch
    {
        1000 => Scalar(16),
        1016 => Scalar(20),
        1005 => Scalar(21),
        1007 => Scalar(23),
        1028 or 1011 or 1012 => UInt32,
        271 => UInt64,
        1021 => Single,
        1022 => Double,
        1231 => Numeric,
        1001 => Bytes,
        1182 => Date,
        1183 => Time,
        1115 => Timestamp,
        1185 => TimestampTz,
        1187 => Interval,
        2951 => Uuid,
        1041 => Inet,
        651 => Cidr,
        3905 => Scalar(3904),
        3927 => Scalar(3926),
        3907 => Scalar(3906),
        3909 => Scalar(3908),
        3911 => Scalar(3910),
        3913 => Scalar(3912),
        // text, varchar, char(n), name, "char", json, jsonb, xml, aclitem, the reg… types, bit, timetz, money, macaddr, cstring and pg_lsn.
        1009 or 1015 or 1014 or 1003 or 1002 or 199 or 3807 or 143 or 1034 or 1008 or 2207 or 2208 or 2209 or 2210 or 2211 or 4097 or 4090
            or 1561 or 1563 or 1270 or 791 or 1040 or 775 or 1263 or 3221 => Text,
        _ => null,
    };

    private static ObjectColumnType<PgRange> Range(ColumnType bound) => new(TextRanges.Parser(bound));

    private static ObjectColumnType<PgRange[]> Multirange(ColumnType bound) => new(TextRanges.MultirangeParser(bound));

    private static bool TryText(ReadOnlySpan<byte> text, out string value)
    {
        value = Encoding.UTF8.GetString(text);
        return true;
    }

    // What a function that returns void gives.
    private static bool TryNothing(ReadOnlySpan<byte> text, out string value)
    {
        value = null!;
        return true;
    }

    private static bool TryBytes(ReadOnlySpan<byte> text, out byte[] value)
    {
        bool isHex = text.StartsWith("\\x"u8);
        value = isHex ? Convert.FromHexString(Encoding.ASCII.GetString(text[2..])) : [];
        return isHex;
    }

    // An address with a netmask is no IPAddress.
    private static bool TryInet(ReadOnlySpan<byte> text, out IPAddress value)
    {
        value = IPAddress.None;
        return !text.Contains((byte)'/') && IPAddress.TryParse(Encoding.ASCII.GetString(text), out value!);
    }

    private static bool TryCidr(ReadOnlySpan<byte> text, out IPNetwork value) => IPNetwork.TryParse(Encoding.ASCII.GetString(text), out value);
}
