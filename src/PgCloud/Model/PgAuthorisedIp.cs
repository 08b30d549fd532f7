// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A range of addresses from which connections to an instance are let in.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgAuthorisedIp
{
    /// <summary>
    ///   The range in CIDR notation with the host bits cleared, such as <c>203.0.113.7/32</c>. Not named Address: of several ranges,
    ///   <c>(Get-PgAuthorisedIp …).Address</c> would be a method that .NET arrays have.
    /// </summary>
    public required string Cidr { get; init; }

    /// <summary>What the range is for, in the user's words.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>
    ///   The range as the user wrote it, where that was changed: a bare address becomes /32 or /128, and host bits are cleared.
    /// </summary>
    public string? NormalisedFrom { get; init; }

    /// <summary>IBM Cloud: what it is at the provider, such as ipAddress, subnet or vpc; empty elsewhere.</summary>
    public string Kind { get; init; } = string.Empty;

    /// <summary>IBM Cloud: whether others made the zone it stands in, which the module leaves alone.</summary>
    public bool IsForeign { get; init; }

    /// <summary>IBM Cloud: what the restriction does, in the provider's word; empty elsewhere.</summary>
    public string EnforcementMode { get; init; } = string.Empty;

    /// <summary>The instance it belongs to.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>What the cmdlet that wrote this object did.</summary>
    public PgChange Change { get; init; }

    /// <summary>The range.</summary>
    public override string ToString() => Cidr;
}
