// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>What kind of object a privilege is on (PostgreSQL documentation, 5.8 and GRANT).</summary>
public enum PgObjectType
{
    /// <summary>A table, partitioned ones included.</summary>
    Table,

    /// <summary>A view.</summary>
    View,

    /// <summary>A materialised view.</summary>
    MaterializedView,

    /// <summary>A foreign table.</summary>
    ForeignTable,

    /// <summary>A column of any of these.</summary>
    Column,

    /// <summary>A sequence.</summary>
    Sequence,

    /// <summary>A function, aggregates and window functions included.</summary>
    Function,

    /// <summary>A procedure.</summary>
    Procedure,

    /// <summary>A function or a procedure.</summary>
    Routine,

    /// <summary>A type.</summary>
    Type,

    /// <summary>A domain.</summary>
    Domain,

    /// <summary>A schema.</summary>
    Schema,

    /// <summary>A database.</summary>
    Database,

    /// <summary>A language for functions.</summary>
    Language,

    /// <summary>A foreign data wrapper.</summary>
    ForeignDataWrapper,

    /// <summary>A foreign server.</summary>
    ForeignServer,

    /// <summary>A tablespace.</summary>
    Tablespace,

    /// <summary>A large object; its name is its OID.</summary>
    LargeObject,

    /// <summary>A configuration parameter; from PostgreSQL 15 on.</summary>
    Parameter,
}
