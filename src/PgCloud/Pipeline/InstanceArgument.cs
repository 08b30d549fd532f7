// SPDX-License-Identifier: MIT

using System.ComponentModel;

namespace PgCloud.Pipeline;

/// <summary>What <c>-Instance</c> takes: an instance, its name or its id.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class InstanceArgument
{
    /// <summary>By name or id.</summary>
    public InstanceArgument(string nameOrId) => NameOrId = nameOrId;

    /// <summary>By object.</summary>
    public InstanceArgument(PgInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        NameOrId = instance.Id;
        Instance = instance;
    }

    /// <summary>By the object of one that was removed.</summary>
    public InstanceArgument(PgReclaimedInstance reclaimed)
    {
        ArgumentNullException.ThrowIfNull(reclaimed);
        NameOrId = reclaimed.Id;
    }

    /// <summary>The name or id.</summary>
    public string NameOrId { get; }

    /// <summary>The object, where one was given.</summary>
    public PgInstance? Instance { get; }

    /// <summary>What the user gave, in words.</summary>
    public override string ToString() => Instance?.Name ?? NameOrId;
}
