// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Privileges;

/// <summary>How default privileges are named to the user: they are on no object yet.</summary>
internal static class DefaultPrivileges
{
    /// <summary>The objects to come, as one phrase.</summary>
    internal static string Describe(PgObjectType type, string owner, string? schema) =>
        $"future {Plural(type).ToLowerInvariant()} of {PgNames.Quote(owner)}{(schema is null ? string.Empty : $" in {PgNames.Quote(schema)}")}";

    /// <summary>The kind in the plural, as ALTER DEFAULT PRIVILEGES says it.</summary>
    internal static string Plural(PgObjectType type) => type switch
    {
        PgObjectType.Sequence => "SEQUENCES",
        PgObjectType.Routine => "ROUTINES",
        PgObjectType.Type => "TYPES",
        PgObjectType.Schema => "SCHEMAS",
        PgObjectType.LargeObject => "LARGE OBJECTS",
        _ => "TABLES",
    };
}
