// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A time in which an instance that was made read-only, because its disk is full, can be written.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgWriteWindow
{
    /// <summary>The instance.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>When it ends (UTC).</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>When it ends.</summary>
    public override string ToString() => FormattableString.Invariant($"{Until:u}");
}
