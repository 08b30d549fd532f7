// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>What a cmdlet did to bring an object to the state that was asked for.</summary>
public enum PgChange
{
    /// <summary>Nothing was asked for: the object was only read.</summary>
    None,

    /// <summary>The object did not exist and was made.</summary>
    Created,

    /// <summary>The object existed and was changed.</summary>
    Updated,

    /// <summary>The object was already as asked; nothing was written.</summary>
    Unchanged,

    /// <summary>The object existed and was removed.</summary>
    Removed,
}
