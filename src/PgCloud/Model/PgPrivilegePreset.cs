// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>A set of privileges under one word. Grant-PgPrivilege's help says what each gives.</summary>
public enum PgPrivilegePreset
{
    /// <summary>To look at everything and change nothing.</summary>
    ReadOnly,

    /// <summary>To work with the data, but not with its structure.</summary>
    ReadWrite,

    /// <summary>Everything that can be had without owning the objects.</summary>
    Owner,
}
