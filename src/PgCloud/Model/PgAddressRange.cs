// SPDX-License-Identifier: MIT

using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PgCloud.Errors;

namespace PgCloud;

/// <summary>A range that is written by its first and its last IPv4 address, such as <c>203.0.113.8-203.0.113.20</c>, as CIDR ranges.</summary>
internal static class PgAddressRange
{
    /// <summary>The fewest CIDR ranges that hold just these addresses; one, where a CIDR range or an address was written.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Network.AddressInvalid</c>.</exception>
    internal static IReadOnlyList<PgCidr> Parse(string text)
    {
        string[] ends = text.Split('-');
        if (ends.Length == 1)
        {
            return [PgCidr.Parse(text)];
        }

        if (ends.Length != 2 || ends.Any(e => e.Contains('/', StringComparison.Ordinal)))
        {
            throw PgErrors.AddressInvalid(text);
        }

        ulong next = Number(text, ends[0]);
        ulong last = Number(text, ends[1]);
        if (next > last)
        {
            throw PgErrors.AddressInvalid(text);
        }

        var ranges = new List<PgCidr>();
        while (next <= last)
        {
            // The largest range that begins here and does not end behind the last address.
            int prefix = 32;
            while (prefix > 0 && next % (1UL << (33 - prefix)) == 0 && next + (1UL << (33 - prefix)) - 1 <= last)
            {
                prefix--;
            }

            ranges.Add(PgCidr.Parse(string.Create(CultureInfo.InvariantCulture, $"{Address(next)}/{prefix}")));
            next += 1UL << (32 - prefix);
        }

        return ranges;
    }

    private static ulong Number(string whole, string address)
    {
        try
        {
            IPAddress read = PgCidr.Parse(address).Address;
            return read.AddressFamily == AddressFamily.InterNetwork
                ? BinaryPrimitives.ReadUInt32BigEndian(read.GetAddressBytes())
                : throw PgErrors.AddressInvalid(whole);
        }
        catch (PgCloudException)
        {
            throw PgErrors.AddressInvalid(whole);
        }
    }

    private static IPAddress Address(ulong number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)number);
        return new IPAddress(bytes);
    }
}
