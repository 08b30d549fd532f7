// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>What the words of <see cref="PgPrivilegePreset"/> mean, object by object.</summary>
internal static class Presets
{
    /// <summary>The request itself, or what its preset or its -All -Default stands for.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Privilege.ArgumentInvalid</c>.</exception>
    internal static IEnumerable<PrivilegeRequest> Expand(PrivilegeRequest request)
    {
        if (request.Preset is { } preset)
        {
            return Of(preset, request);
        }

        if (request.Objects is null || request.Privilege.Count == 0 || request.Grantee.Count == 0)
        {
            throw PgErrors.PrivilegeArgumentInvalid(
                "A privilege, an object and a grantee are needed.",
                "Give -Privilege, -ObjectType with -Schema and -Name, and -Grantee; or pipe in what Get-PgPrivilege wrote.");
        }

        if (request is { Default: false, Owner.Count: > 0 })
        {
            throw PgErrors.PrivilegeArgumentInvalid(
                "-Owner says who makes objects to come, and none are asked for.", "Give -Default, too, or leave -Owner out.");
        }

        return request is { Default: true, Objects.All: true }
            ? [request with { Default = false, Owner = [] }, request with { Objects = request.Objects with { All = false } }]
            : [request];
    }

    private static IEnumerable<PrivilegeRequest> Of(PgPrivilegePreset preset, PrivilegeRequest request)
    {
        if (request.Grantee.Count == 0)
        {
            throw PgErrors.PrivilegeArgumentInvalid("A preset needs a grantee.", "Name the roles with -Grantee, or pipe them in.");
        }

        (string[] database, string[] schema, string[] table, string[] sequence, string[] routine) = Words(preset);
        bool isDatabase = request.PresetSchema.Count == 0;
        IReadOnlyList<string> schemas = request.PresetSchema;
        if (isDatabase)
        {
            yield return On(PgObjectType.Database, database);
            yield return On(PgObjectType.Schema, schema) with { Objects = new ObjectRequest(PgObjectType.Schema) { All = true } };
        }
        else
        {
            yield return On(PgObjectType.Schema, schema) with { Objects = new ObjectRequest(PgObjectType.Schema) { Name = schemas } };
        }

        (PgObjectType Type, string[] Privilege)[] kinds =
            [(PgObjectType.Table, table), (PgObjectType.Sequence, sequence), (PgObjectType.Routine, routine)];
        foreach ((PgObjectType type, string[] privilege) in kinds.Where(kind => kind.Privilege.Length > 0))
        {
            yield return On(type, privilege) with { Objects = new ObjectRequest(type) { Schema = schemas, All = true } };
            if (request.Owner.Count > 0)
            {
                yield return On(type, privilege) with { Objects = new ObjectRequest(type) { Schema = schemas }, Default = true };
            }
        }

        if (isDatabase && request.Owner.Count > 0)
        {
            yield return On(PgObjectType.Schema, schema) with { Default = true };
        }

        PrivilegeRequest On(PgObjectType type, string[] privilege) =>
            request with { Preset = null, Objects = new ObjectRequest(type), Privilege = privilege };
    }

    // TRUNCATE is not in ReadWrite: it passes by row-level security and DELETE triggers, and locks everybody else out.
    private static (string[] Database, string[] Schema, string[] Table, string[] Sequence, string[] Routine) Words(PgPrivilegePreset preset) =>
        preset switch
        {
            PgPrivilegePreset.ReadOnly => (["CONNECT"], ["USAGE"], ["SELECT"], ["SELECT"], []),
            PgPrivilegePreset.ReadWrite => (
                ["CONNECT", "TEMPORARY"], ["USAGE"], ["SELECT", "INSERT", "UPDATE", "DELETE"], ["USAGE", "SELECT", "UPDATE"], ["EXECUTE"]),
            _ => (["ALL"], ["ALL"], ["ALL"], ["ALL"], ["ALL"]),
        };
}
