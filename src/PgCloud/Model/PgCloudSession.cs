// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud;

/// <summary>
///   A connection to a cloud account, made by <c>Connect-PgCloud</c>. Safe to use from several runspaces at once.
/// </summary>
public sealed class PgCloudSession
{
    internal PgCloudSession(ICloudProvider cloud, string name)
    {
        Cloud = cloud;
        Name = name;
        ConnectedAt = DateTimeOffset.UtcNow;
    }

    /// <summary>The session's name, unique in its runspace.</summary>
    public string Name { get; }

    /// <summary>The provider the session belongs to.</summary>
    public PgProviderName Provider => Cloud.Name;

    /// <summary>The account: for Local the directory in which the instances are kept.</summary>
    public string Account => Cloud.Account;

    /// <summary>When the session was opened (UTC).</summary>
    public DateTimeOffset ConnectedAt { get; }

    /// <summary>Whether this session is used where no <c>-Session</c> is given.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>The file in which every change through this session is written down; <c>$null</c> for none of its own.</summary>
    public string? AuditPath { get; internal init; }

    internal ICloudProvider Cloud { get; }

    /// <summary>The session's name.</summary>
    public override string ToString() => Name;
}
