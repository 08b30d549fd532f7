// SPDX-License-Identifier: MIT

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>
///   One part of a fleet that is split among several workers. An instance's part depends on its id and the number of parts alone: it is
///   the same on every machine, in every version, and whatever other instances there are.
/// </summary>
/// <param name="Number">Which part, from 1.</param>
/// <param name="Of">How many there are.</param>
internal sealed record FleetPart(int Number, int Of)
{
    /// <summary>Reads -Partition and -Of.</summary>
    /// <returns><see langword="null"/> where neither is given.</returns>
    /// <exception cref="PgCloudException"><c>PgCloud.Instance.PartitionInvalid</c>, <c>PgCloud.Parameter.Incomplete</c>.</exception>
    internal static FleetPart? Read(int? number, int? of) => (number, of) switch
    {
        (null, null) => null,
        (null, _) => throw PgErrors.ParameterNeeds("Of", "Partition"),
        (_, null) => throw PgErrors.ParameterNeeds("Partition", "Of"),
        ({ } n, { } count) => n >= 1 && n <= count ? new FleetPart(n, count) : throw PgErrors.PartitionInvalid(n, count),
    };

    /// <summary>Whether an instance belongs to it.</summary>
    internal bool Includes(PgInstance instance) => PartOf(instance.Id, Of) == Number;

    /// <summary>The part of an id: the first eight bytes of its SHA-256 as a number, modulo the parts, plus one.</summary>
    internal static int PartOf(string id, int of) =>
        (int)(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id))) % (ulong)of) + 1;
}
