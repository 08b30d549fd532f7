// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Users;

/// <summary>What ends with a user although another takes its place: only those who granted it can grant it again.</summary>
internal sealed class IbmRotationLoss(PgInstance instance, DatabaseCredential old, IReporter reporter)
{
    private const int MostNamed = 10;

    // The service's own roles are members of each user; it makes them so again.
    private const string ServicesPrefix = "ibm_";

    /// <summary>Warns of the privileges that were granted to the user itself, and of the members of its role.</summary>
    internal async Task WarnAsync(ISqlSession asOld, string made, CancellationToken cancellation)
    {
        string role = SqlText.Literal(PgNames.Quote(old.UserName));
        string[] members = await asOld.RunAsync(
            "SELECT DISTINCT m.rolname FROM pg_catalog.pg_auth_members a JOIN pg_catalog.pg_roles m ON m.oid OPERATOR(pg_catalog.=) a.member "
            + $"WHERE a.roleid OPERATOR(pg_catalog.=) pg_catalog.to_regrole({role}) "
            + $"AND NOT pg_catalog.starts_with(m.rolname, '{ServicesPrefix}') ORDER BY 1",
            cancellation);
        if (members.Length > 0)
        {
            reporter.Warning($"Members of the role '{old.UserName}' lose what it gave them: {string.Join(", ", members)}. Grant them '{made}' with Grant-PgRole.");
        }

        string[] objects = await ObjectsAsync(asOld, role, cancellation);
        if (objects.Length > 0)
        {
            string more = objects.Length > MostNamed ? $" and {objects.Length - MostNamed} more" : string.Empty;
            reporter.Warning(
                $"Privileges that were granted to '{old.UserName}' itself end with it: on {string.Join(", ", objects.Take(MostNamed))}{more}. "
                    + $"Grant them to '{made}' with Grant-PgPrivilege, as one who may.");
        }
    }

    // Each database tells only what is in it; what is in none, such as a database itself, is told in all.
    private async Task<string[]> ObjectsAsync(ISqlSession asOld, string role, CancellationToken cancellation)
    {
        string granted = "FROM pg_catalog.pg_shdepend d LEFT JOIN pg_catalog.pg_database b ON b.oid OPERATOR(pg_catalog.=) d.dbid "
            + "WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_authid'::pg_catalog.regclass "
            + $"AND d.refobjid OPERATOR(pg_catalog.=) pg_catalog.to_regrole({role}) AND d.deptype OPERATOR(pg_catalog.=) 'a'";
        var objects = new List<string>();
        foreach (string database in await asOld.RunAsync(
            $"SELECT DISTINCT coalesce(b.datname, pg_catalog.current_database()) {granted} ORDER BY 1", cancellation))
        {
            try
            {
                await using NpgsqlSqlSession session = await NpgsqlSqlSession.OpenAsync(IbmTarget.Of(instance, old, database), reporter, cancellation);
                objects.AddRange(await session.RunAsync(
                    "SELECT DISTINCT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid) "
                    + "OPERATOR(pg_catalog.||) coalesce(' in ' OPERATOR(pg_catalog.||) b.datname, '') "
                    + $"{granted} AND (b.datname IS NULL OR b.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()) ORDER BY 1",
                    cancellation));
            }
            catch (PgCloudException)
            {
                objects.Add($"objects in {database}");
            }
        }

        return [.. objects.Distinct(StringComparer.Ordinal)];
    }
}
