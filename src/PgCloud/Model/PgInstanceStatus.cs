// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>In what state an instance is, in the same words for every provider.</summary>
public enum PgInstanceStatus
{
    /// <summary>The provider reported a state this version does not know; see <see cref="PgInstance.StatusDetail"/>.</summary>
    Unknown,

    /// <summary>The instance is being made.</summary>
    Creating,

    /// <summary>The server accepts connections.</summary>
    Ready,

    /// <summary>The server is starting or recovering and does not accept connections yet.</summary>
    Starting,

    /// <summary>The server does not run; its data is kept.</summary>
    Stopped,

    /// <summary>A change of the instance is under way; the server may accept connections meanwhile, further changes are refused.</summary>
    Updating,

    /// <summary>The provider has locked the instance: it can be read and removed, not changed.</summary>
    Locked,

    /// <summary>The instance is being removed.</summary>
    Removing,

    /// <summary>The instance cannot be used; see <see cref="PgInstance.StatusDetail"/>.</summary>
    Failed,

    /// <summary>The instance is gone: it was removed by the cmdlet that wrote the object.</summary>
    Removed,
}
