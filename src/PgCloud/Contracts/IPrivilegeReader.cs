// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>Reads who may do what.</summary>
public interface IPrivilegeReader
{
    /// <summary>Reads privileges and hands them over in batches as they arrive, ordered by kind, schema and name of the object.</summary>
    /// <exception cref="Errors.PgCloudException"><c>PgCloud.Role.NotFound</c>: a role whose rights were asked for does not exist.</exception>
    IAsyncEnumerable<IReadOnlyList<PgPrivilege>> ReadAsync(PrivilegeFilter filter, CancellationToken cancellation);
}

/// <summary>Which privileges to read. What is <see langword="null"/> or empty narrows nothing.</summary>
public sealed record PrivilegeFilter
{
    /// <summary>The kinds of objects; empty for those that a database's users make: databases, schemas and what is in them but types.</summary>
    public IReadOnlyCollection<PgObjectType> ObjectTypes { get; init; } = [];

    /// <summary>The schemas, of objects that have one, and of schemas themselves.</summary>
    public IReadOnlyCollection<NamePattern> Schemas { get; init; } = [];

    /// <summary>The objects' names; of routines without the arguments, of columns the table's.</summary>
    public IReadOnlyCollection<NamePattern> Names { get; init; } = [];

    /// <summary>The grantees; public is everybody.</summary>
    public IReadOnlyCollection<NamePattern> Grantees { get; init; } = [];

    /// <summary>The privileges' words, in upper case.</summary>
    public IReadOnlyCollection<string> Privileges { get; init; } = [];

    /// <summary>Only default privileges; otherwise these come after the others.</summary>
    public bool DefaultOnly { get; init; }

    /// <summary>Objects of PostgreSQL's own schemas too, and templates.</summary>
    public bool IncludeSystem { get; init; }

    /// <summary>
    ///   The role whose rights are asked for, however it comes by them; <see langword="null"/> to read what was granted to whom.
    /// </summary>
    public string? EffectiveFor { get; init; }
}

/// <summary>A name, or a pattern of names.</summary>
/// <param name="Text">The name, or the pattern as the user wrote it.</param>
/// <param name="Expression">The pattern as a PostgreSQL regular expression; <see langword="null"/> for a name that is meant as it is.</param>
public sealed record NamePattern(string Text, string? Expression);
