// SPDX-License-Identifier: MIT

using PgCloud.Errors;

namespace PgCloud.Pipeline;

/// <summary>The base of the cmdlets for databases, which work on a database from another one.</summary>
public abstract class DatabaseCmdlet : SqlCmdlet
{
    private bool _isNameGiven;

    /// <summary>A database's own connection leads into it; what is done to the database is done from where it was read.</summary>
    private protected sealed override PgConnection SessionConnection => Connection.Origin ?? Connection;

    /// <inheritdoc/>
    private protected override void OnPipelineThreadBegin()
    {
        base.OnPipelineThreadBegin();
        _isNameGiven = MyInvocation.BoundParameters.ContainsKey("Name");
    }

    /// <summary>
    ///   Refuses the name of a role or user that was piped in for its connection: Remove-PgDatabase without -Name must not drop a database
    ///   that happens to be called like it.
    /// </summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Database.NameNotGiven</c>.</exception>
    private protected void CheckNameIsOfDatabase(string name)
    {
        if (!_isNameGiven && !IsConnectionGiven && Connection.Origin is null)
        {
            throw PgErrors.DatabaseNameNotGiven(name);
        }
    }

    /// <summary>Writes a database with the connection that leads to it.</summary>
    private protected Task WriteAsync(PgDatabase database)
    {
        database.Connection = SessionConnection.To(database.Name);
        return base.WriteAsync(database);
    }

    /// <summary>Writes a database that was changed to the audit trail, and where it is to be shown to the pipeline.</summary>
    private protected Task WriteChangedAsync(PgDatabase database, bool isShown = true)
    {
        database.Connection = SessionConnection.To(database.Name);
        return base.WriteChangedAsync(database, isShown);
    }
}
