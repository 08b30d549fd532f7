// SPDX-License-Identifier: MIT

using System.ComponentModel;
using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A database user that was made through a provider, with its credential where that is known.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgCloudUser
{
    private readonly string? _userName;

    /// <summary>The user's name at the provider; where that has no names of its own for users, the role in PostgreSQL.</summary>
    public required string Name { get; init; }

    /// <summary>The role in PostgreSQL; at IBM Cloud one that the service chose.</summary>
    public string UserName
    {
        get => _userName ?? Name;
        init => _userName = value;
    }

    /// <summary>What the user may do.</summary>
    public required PgCloudUserKind Kind { get; init; }

    /// <summary>The provider's own id of the user; empty where it has none.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>Whether it can be used: Ready where the provider's panel says Enabled.</summary>
    public PgInstanceStatus Status { get; init; } = PgInstanceStatus.Ready;

    /// <summary>The roles the user is a direct member of.</summary>
    public IReadOnlyList<string> MemberOf { get; init => field = Lists.Indexable(value); } = [];

    /// <summary>The instance the user belongs to.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>
    ///   The name and password. Present once, on the object that a New- or Reset- cmdlet writes: no provider tells a password again.
    /// </summary>
    public PSCredential? Credential { get; internal set; }

    /// <summary>What it takes to connect as this user to the instance's default database; <c>$null</c> without a credential.</summary>
    public PgConnection? Connection => Credential is null || Instance is null ? null : PgConnection.To(Instance, Credential);

    /// <summary>What the cmdlet that wrote this object did.</summary>
    public PgChange Change { get; init; }

    /// <summary>The user's name.</summary>
    public override string ToString() => Name;
}
