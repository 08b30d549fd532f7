// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PgCloud.Errors;

namespace PgCloud;

/// <summary>
///   A range of IPv4 or IPv6 addresses with the host bits cleared. Reads what people write: a bare address, or an address with a prefix
///   length.
/// </summary>
internal readonly struct PgCidr : IEquatable<PgCidr>
{
    private PgCidr(IPAddress address, int prefixLength)
    {
        Address = address;
        PrefixLength = prefixLength;
    }

    /// <summary>The first address of the range.</summary>
    public IPAddress Address { get; }

    /// <summary>How many leading bits are fixed.</summary>
    public int PrefixLength { get; }

    /// <summary>Whether the range holds every address of its family.</summary>
    public bool IsEverything => PrefixLength == 0;

    /// <summary>Reads a range.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Network.AddressInvalid</c>.</exception>
    public static PgCidr Parse(string text)
    {
        string[] parts = text.Trim().Split('/');
        // IPAddress.Parse takes "1", "0x7f.1" and "fe80::1%eth0" too; a rule file must hold what the reader believes it holds.
        if (parts.Length > 2
            || parts[0].Contains('%', StringComparison.Ordinal)
            || !IPAddress.TryParse(parts[0], out IPAddress? address)
            || (address.AddressFamily == AddressFamily.InterNetwork && !IsDottedQuad(parts[0])))
        {
            throw PgErrors.AddressInvalid(text);
        }

        if (address.IsIPv4MappedToIPv6)
        {
            throw PgErrors.AddressInvalid(text);
        }

        byte[] bytes = address.GetAddressBytes();
        int bits = bytes.Length * 8;
        int prefix = bits;
        if (parts.Length == 2
            && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > bits))
        {
            throw PgErrors.AddressInvalid(text);
        }

        for (int bit = prefix; bit < bits; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new PgCidr(new IPAddress(bytes), prefix);
    }

    /// <inheritdoc/>
    public bool Equals(PgCidr other) => PrefixLength == other.PrefixLength && Equals(Address, other.Address);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PgCidr other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address, PrefixLength);

    /// <summary>The range in CIDR notation.</summary>
    public override string ToString() => $"{Address}/{PrefixLength.ToString(CultureInfo.InvariantCulture)}";

    private static bool IsDottedQuad(string text)
    {
        string[] numbers = text.Split('.');
        return numbers.Length == 4
            && numbers.All(n => n is "0" || (n.Length is > 0 and <= 3 && n[0] != '0' && n.All(char.IsAsciiDigit)));
    }
}
