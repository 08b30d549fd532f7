// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A link to a log. Whoever has it can read the log until it ends, without any other proof.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgLogUrl
{
    /// <summary>The kind of log.</summary>
    public required string Kind { get; init; }

    /// <summary>The link.</summary>
    public required string Url { get; init; }

    /// <summary>When it ends (UTC).</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The instance whose log it shows.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>The kind and the instance; never the link.</summary>
    public override string ToString() => $"{Kind} of {Instance?.Name}";
}
