// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>
///   The databases of the server. A change answers <see langword="null"/> where its approval was refused, and nothing was written.
/// </summary>
public interface IDatabaseCatalog
{
    /// <summary>Reads all databases, templates too, or those of the given names.</summary>
    /// <param name="names">The names; <see langword="null"/> for all.</param>
    /// <param name="withSize">Whether to measure them, for which the server looks at every file.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<IReadOnlyList<PgDatabase>> GetAsync(IReadOnlyCollection<string>? names, bool withSize, CancellationToken cancellation);

    /// <summary>
    ///   Makes a database, or brings an existing one to what is asked. Where it is there and what is asked cannot be changed, such as the
    ///   encoding: <c>PgCloud.Database.Differs</c>.
    /// </summary>
    Task<PgDatabase?> EnsureAsync(DatabaseRequest request, IChangeApproval approval, CancellationToken cancellation);

    /// <summary>Changes a database; one that does not exist is <c>PgCloud.Database.NotFound</c>.</summary>
    Task<PgDatabase?> SetAsync(DatabaseAttributes attributes, IChangeApproval approval, CancellationToken cancellation);

    /// <summary>
    ///   Drops a database; one that does not exist is <c>PgCloud.Database.NotFound</c>, one in use <c>PgCloud.Database.InUse</c>.
    /// </summary>
    /// <param name="name">The database's name.</param>
    /// <param name="force">Whether to end the sessions that are connected to it.</param>
    /// <param name="approval">Asked before anything is written.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<PgDatabase?> DropAsync(string name, bool force, IChangeApproval approval, CancellationToken cancellation);
}

/// <summary>What can be changed about a database that is there; <see langword="null"/> leaves it as it is.</summary>
/// <param name="Name">The database's name.</param>
public record DatabaseAttributes(string Name)
{
    /// <summary>OWNER.</summary>
    public string? Owner { get; init; }

    /// <summary>CONNECTION LIMIT; -1 for none.</summary>
    public int? ConnectionLimit { get; init; }

    /// <summary>ALLOW_CONNECTIONS.</summary>
    public bool? AllowConnections { get; init; }

    /// <summary>IS_TEMPLATE.</summary>
    public bool? IsTemplate { get; init; }

    /// <summary>The comment; empty for none.</summary>
    public string? Comment { get; init; }
}

/// <summary>What a database shall be; <see langword="null"/> leaves a thing as it is, or as CREATE DATABASE makes it.</summary>
/// <param name="Name">The database's name.</param>
public sealed record DatabaseRequest(string Name) : DatabaseAttributes(Name)
{
    /// <summary>ENCODING.</summary>
    public string? Encoding { get; init; }

    /// <summary>LOCALE_PROVIDER.</summary>
    public PgLocaleProvider? LocaleProvider { get; init; }

    /// <summary>LOCALE, ICU_LOCALE or BUILTIN_LOCALE, as the provider has it.</summary>
    public string? Locale { get; init; }

    /// <summary>LC_COLLATE.</summary>
    public string? Collate { get; init; }

    /// <summary>LC_CTYPE.</summary>
    public string? CType { get; init; }

    /// <summary>TEMPLATE: what to copy. Nothing is left of it in the database that could be compared.</summary>
    public string? Template { get; init; }

    /// <summary>TABLESPACE.</summary>
    public string? Tablespace { get; init; }
}
