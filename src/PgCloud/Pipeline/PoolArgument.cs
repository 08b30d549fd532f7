// SPDX-License-Identifier: MIT

using System.ComponentModel;

namespace PgCloud.Pipeline;

/// <summary>What <c>-Pool</c> takes: a connection pool or its name.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PoolArgument
{
    /// <summary>By name.</summary>
    public PoolArgument(string name) => Name = name;

    /// <summary>By object.</summary>
    public PoolArgument(PgConnectionPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        Name = pool.Name;
        Pool = pool;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The object, where one was given.</summary>
    public PgConnectionPool? Pool { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
