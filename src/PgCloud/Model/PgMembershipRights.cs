// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>How a member comes to the privileges of a role it is a member of.</summary>
public enum PgMembershipRights
{
    /// <summary>Not at all: the membership is for granting the role on, or its options allow no use.</summary>
    None,

    /// <summary>Only after SET ROLE, to the role itself or to one on the way to it.</summary>
    BySetRole,

    /// <summary>Without doing anything.</summary>
    Inherited,
}
