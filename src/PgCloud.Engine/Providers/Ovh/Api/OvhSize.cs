// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>The API's <c>complexType.UnitAndValue&lt;long&gt;</c> of a size.</summary>
internal sealed record OvhSize(string? Unit, long? Value)
{
    /// <summary>In bytes; <see langword="null"/> where the unit is not known.</summary>
    internal long? Bytes => Value * Unit?.ToUpperInvariant() switch
    {
        "B" or "BYTES" => 1,
        "KB" => 1000,
        "MB" => 1000_000,
        "GB" => 1000_000_000,
        "TB" => 1000_000_000_000,
        "KIB" => 1L << 10,
        "MIB" => 1L << 20,
        "GIB" => 1L << 30,
        "TIB" => 1L << 40,
        _ => null,
    };
}
