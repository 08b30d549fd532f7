// SPDX-License-Identifier: MIT

using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace PgCloud.Emulator.Ibm.Restrictions;

/// <summary>Ranges of IPv4 addresses, with both of their ends.</summary>
internal static class Ipv4Ranges
{
    /// <summary>Reads an address, a range or a subnet; <see langword="null"/> for one of IPv6 and for what is none.</summary>
    internal static (uint From, uint To)? Read(string type, string value) => type switch
    {
        "ipAddress" => Address(value) is { } one ? (one, one) : null,
        "ipRange" when value.Split('-') is [var from, var to] => Address(from.Trim()) is { } first && Address(to.Trim()) is { } last && first <= last
            ? (first, last)
            : null,
        "subnet" when value.Split('/') is [var start, var bits] => Address(start) is { } first && Bits(bits) is { } size
            ? (first & Mask(size), first | ~Mask(size))
            : null,
        _ => null,
    };

    /// <summary>Whether a value is good for its type, IPv6 included.</summary>
    internal static bool IsGood(string type, string value) => Read(type, value) is not null || type switch
    {
        "ipAddress" => IPAddress.TryParse(value, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6,
        "ipRange" => value.Split('-') is [var from, var to] && from.Contains(':') && IPAddress.TryParse(from, out _) && IPAddress.TryParse(to, out _),
        "subnet" => value.Contains(':') && IPNetwork.TryParse(value, out _),
        _ => false,
    };

    internal static List<(uint From, uint To)> Subtract(IEnumerable<(uint From, uint To)> ranges, IEnumerable<(uint From, uint To)> holes)
    {
        List<(uint From, uint To)> rest = [.. ranges];
        foreach ((uint from, uint to) in holes)
        {
            rest = [.. rest.SelectMany(r => Parts(r, from, to))];
        }

        return rest;
    }

    /// <summary>The fewest networks that are the range.</summary>
    internal static IEnumerable<string> ToNetworks((uint From, uint To) range)
    {
        for (ulong from = range.From; from <= range.To;)
        {
            int free = from == 0 ? 32 : BitOperations.TrailingZeroCount(from);
            while (from + (1UL << free) - 1 > range.To)
            {
                free--;
            }

            byte[] bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)from);
            yield return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{32 - free}");
            from += 1UL << free;
        }
    }

    private static IEnumerable<(uint From, uint To)> Parts((uint From, uint To) range, uint from, uint to)
    {
        if (to < range.From || from > range.To)
        {
            yield return range;
            yield break;
        }

        if (from > range.From)
        {
            yield return (range.From, from - 1);
        }

        if (to < range.To)
        {
            yield return (to + 1, range.To);
        }
    }

    private static uint? Address(string text) =>
        text.Count(c => c == '.') == 3 && IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetwork
            ? BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes())
            : null;

    private static int? Bits(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int bits) && bits <= 32 ? bits : null;

    private static uint Mask(int bits) => bits == 0 ? 0 : uint.MaxValue << (32 - bits);
}
