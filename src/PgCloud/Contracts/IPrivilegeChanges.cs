// SPDX-License-Identifier: MIT

using PgCloud.Errors;

namespace PgCloud.Contracts;

/// <summary>
///   Privileges and owners, written. A change answers <see langword="null"/> where its approval was refused, and nothing was written. All
///   requests that can be met are met in one transaction; the others are among the failures.
/// </summary>
public interface IPrivilegeChanges
{
    /// <summary>Grants what is asked for, as far as that is not so already.</summary>
    Task<ChangeOutcome<PgPrivilege>?> GrantAsync(
        IReadOnlyList<PrivilegeRequest> requests, IChangeApproval approval, CancellationToken cancellation);

    /// <summary>Revokes what is asked for, whoever granted it.</summary>
    Task<ChangeOutcome<PgPrivilege>?> RevokeAsync(
        IReadOnlyList<PrivilegeRequest> requests, IChangeApproval approval, CancellationToken cancellation);

    /// <summary>Gives objects to another owner.</summary>
    Task<ChangeOutcome<PgObjectOwner>?> SetOwnerAsync(
        IReadOnlyList<OwnerRequest> requests, IChangeApproval approval, CancellationToken cancellation);
}

/// <summary>What became of several requests.</summary>
/// <param name="Results">What is so now, in the order of the requests.</param>
/// <param name="Failures">Why the other requests were not met; of those nothing was written.</param>
public sealed record ChangeOutcome<T>(IReadOnlyList<T> Results, IReadOnlyList<PgCloudException> Failures);

/// <summary>Objects of one kind.</summary>
/// <param name="Type">The kind.</param>
public sealed record ObjectRequest(PgObjectType Type)
{
    /// <summary>Their schemas, where the kind has one.</summary>
    public IReadOnlyList<string> Schema { get; init; } = [];

    /// <summary>Their names; of routines alone, or with the argument types as PostgreSQL writes them.</summary>
    public IReadOnlyList<string> Name { get; init; } = [];

    /// <summary>Columns of theirs.</summary>
    public IReadOnlyList<string> Column { get; init; } = [];

    /// <summary>All in the schemas; without schemas, in every schema that is not the system's own.</summary>
    public bool All { get; init; }
}

/// <summary>Privileges that roles shall have, or have no more.</summary>
public sealed record PrivilegeRequest
{
    /// <summary>On what; <see langword="null"/> for a preset.</summary>
    public ObjectRequest? Objects { get; init; }

    /// <summary>The schemas of a preset; none for the whole database.</summary>
    public IReadOnlyList<string> PresetSchema { get; init; } = [];

    /// <summary>The preset.</summary>
    public PgPrivilegePreset? Preset { get; init; }

    /// <summary>The privileges in PostgreSQL's words, or ALL.</summary>
    public IReadOnlyList<string> Privilege { get; init; } = [];

    /// <summary>Who: roles' names, or public for everybody.</summary>
    public IReadOnlyList<string> Grantee { get; init; } = [];

    /// <summary>Whether the grantee PUBLIC is everybody; <see langword="null"/> where that was not said.</summary>
    public bool? IsPublic { get; init; }

    /// <summary>Whether it is about objects that <see cref="Owner"/> will make.</summary>
    public bool Default { get; init; }

    /// <summary>Who makes the objects to come.</summary>
    public IReadOnlyList<string> Owner { get; init; } = [];

    /// <summary>WITH GRANT OPTION.</summary>
    public bool WithGrantOption { get; init; }

    /// <summary>GRANT OPTION FOR: revokes the right to grant on, and leaves the privilege.</summary>
    public bool GrantOptionOnly { get; init; }

    /// <summary>CASCADE: revokes what was granted on, too.</summary>
    public bool Cascade { get; init; }
}

/// <summary>Objects that shall have another owner.</summary>
/// <param name="Objects">The objects.</param>
/// <param name="Owner">The owner they shall have.</param>
public sealed record OwnerRequest(ObjectRequest Objects, string Owner);
