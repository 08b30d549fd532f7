// SPDX-License-Identifier: MIT

using System.ComponentModel;

namespace PgCloud.Pipeline;

/// <summary>What <c>-FromBackup</c> takes: a backup or its id.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class BackupArgument
{
    /// <summary>By id.</summary>
    public BackupArgument(string id) => Id = id;

    /// <summary>By id.</summary>
    public BackupArgument(Guid id) => Id = id.ToString();

    /// <summary>By object.</summary>
    public BackupArgument(PgBackup backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        Id = backup.Id;
        Instance = backup.Instance;
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The instance it was made of, where the object says.</summary>
    public PgInstance? Instance { get; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
