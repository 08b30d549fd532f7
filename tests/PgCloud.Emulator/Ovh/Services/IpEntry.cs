// SPDX-License-Identifier: MIT

using System.Net;
using System.Net.Sockets;
using PgCloud.Emulator.Ovh.Api;
using PgCloud.Emulator.Ovh.Errors;

namespace PgCloud.Emulator.Ovh.Services;

/// <summary>An authorised range.</summary>
internal sealed record IpEntry(string Ip, string Description, Phase Phase)
{
    /// <summary>IPv4 in CIDR notation with the host bits cleared; a mere address is one of 32 bits.</summary>
    internal static string Normalise(string text)
    {
        string[] parts = text.Split('/');
        int bits = 32;
        bool isFine = parts.Length <= 2
            && IPAddress.TryParse(parts[0], out IPAddress? address)
            && address.AddressFamily == AddressFamily.InterNetwork
            && parts[0].Count(c => c == '.') == 3
            && (parts.Length == 1 || (int.TryParse(parts[1], out bits) && bits is >= 0 and <= 32));
        if (!isFine)
        {
            throw ApiErrors.IpInvalid(text);
        }

        byte[] bytes = IPAddress.Parse(parts[0]).GetAddressBytes();
        uint number = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes);
        uint mask = bits == 0 ? 0 : uint.MaxValue << (32 - bits);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, number & mask);
        return $"{new IPAddress(bytes)}/{bits}";
    }

    /// <summary>Reads a whole list, in which no range may be twice.</summary>
    internal static IReadOnlyList<(string Ip, string Description)> Read(IReadOnlyList<Body> list)
    {
        var read = new List<(string Ip, string Description)>();
        foreach (Body entry in list)
        {
            string ip = Normalise(entry.Text("ip") ?? throw ApiErrors.BadRequest("[ip] Missing parameter"));
            if (read.Exists(r => r.Ip == ip))
            {
                throw ApiErrors.IpExists(ip);
            }

            read.Add((ip, entry.Text("description") ?? string.Empty));
        }

        return read;
    }

    internal object View() => new { description = Description, ip = Ip, status = Phase.Status };
}
