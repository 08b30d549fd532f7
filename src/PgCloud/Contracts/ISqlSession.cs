// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>
///   One open connection to one database. Not for use by two callers at once. Changes are inspected, compared and applied in one
///   transaction, and nothing is written that is already so.
/// </summary>
public interface ISqlSession : IAsyncDisposable
{
    /// <summary>The server's version.</summary>
    Version ServerVersion { get; }

    /// <summary>Roles and their attributes.</summary>
    IRoleCatalog Roles { get; }

    /// <summary>Roles granted to roles.</summary>
    IMembershipCatalog Memberships { get; }

    /// <summary>Who may do what.</summary>
    IPrivilegeReader Privileges { get; }

    /// <summary>Rows from and to files and the pipeline.</summary>
    ITableCopy Tables { get; }

    /// <summary>The databases of the server.</summary>
    IDatabaseCatalog Databases { get; }

    /// <summary>What the sessions of the server do.</summary>
    IActivity Activity { get; }

    /// <summary>Privileges and owners, written.</summary>
    IPrivilegeChanges PrivilegeChanges { get; }

    /// <summary>SQL of the user's own.</summary>
    IQueryRunner Queries { get; }
}
