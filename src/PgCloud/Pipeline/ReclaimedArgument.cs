// SPDX-License-Identifier: MIT

using System.ComponentModel;

namespace PgCloud.Pipeline;

/// <summary>A removed instance, as a user may say it: an object, a name or an id.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class ReclaimedArgument
{
    private readonly string _nameOrId;

    /// <summary>By its name or id.</summary>
    public ReclaimedArgument(string nameOrId) => _nameOrId = nameOrId;

    /// <summary>By an object of Get-PgReclaimedInstance.</summary>
    public ReclaimedArgument(PgReclaimedInstance reclaimed)
    {
        ArgumentNullException.ThrowIfNull(reclaimed);
        Reclaimed = reclaimed;
        _nameOrId = reclaimed.Id;
    }

    /// <summary>The object, where one was given.</summary>
    internal PgReclaimedInstance? Reclaimed { get; }

    /// <summary>What it is found by.</summary>
    internal string NameOrId => _nameOrId;

    /// <summary>What the user said.</summary>
    public override string ToString() => Reclaimed?.Name ?? _nameOrId;
}
