// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Privileges.Reading;

/// <summary>The server's roles by OID, and whose rights each of them has.</summary>
internal sealed class RoleGraph
{
    /// <summary>The grantee that means everybody.</summary>
    internal const uint Public = 0;

    /// <summary>What it is called.</summary>
    internal const string PublicName = "PUBLIC";

    // From 16 on each grant says whether it is inherited; before, the member's own attribute says it of all.
    private const string Roles = "SELECT oid, rolname::pg_catalog.text, rolsuper FROM pg_catalog.pg_roles";

    private const string Memberships16 = "SELECT member, roleid FROM pg_catalog.pg_auth_members WHERE inherit_option";

    private const string MembershipsBefore16 =
        """
        SELECT m.member, m.roleid FROM pg_catalog.pg_auth_members m
        JOIN pg_catalog.pg_roles r ON r.oid OPERATOR(pg_catalog.=) m.member WHERE r.rolinherit
        """;

    // Before 16 the owner, too, has the rights of pg_database_owner only where it inherits.
    private const string DatabaseOwner =
        """
        SELECT d.datdba FROM pg_catalog.pg_database d JOIN pg_catalog.pg_roles r ON r.oid OPERATOR(pg_catalog.=) d.datdba
        WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database() AND (r.rolinherit OR $1)
        """;

    private readonly Dictionary<uint, string> _names = [];
    private readonly HashSet<uint> _superusers = [];
    private readonly Dictionary<uint, List<uint>> _inheritedBy = [];

    private RoleGraph()
    {
    }

    /// <summary>Reads it in one round trip.</summary>
    internal static async Task<RoleGraph> ReadAsync(SqlContext context, CancellationToken cancellation)
    {
        var graph = new RoleGraph();
        await using var batch = new NpgsqlBatch(context.Connection) { Timeout = 0 };
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Roles));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(context.ServerVersion.Major >= 16 ? Memberships16 : MembershipsBefore16));
        var databaseOwner = new NpgsqlBatchCommand(DatabaseOwner);
        databaseOwner.Parameters.Add(new NpgsqlParameter { Value = context.ServerVersion.Major >= 16 });
        batch.BatchCommands.Add(databaseOwner);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            uint oid = reader.GetFieldValue<uint>(0);
            graph._names.Add(oid, reader.GetString(1));
            if (reader.GetBoolean(2))
            {
                graph._superusers.Add(oid);
            }
        }

        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            graph.Add(reader.GetFieldValue<uint>(0), reader.GetFieldValue<uint>(1));
        }

        await reader.NextResultAsync(cancellation);
        // The one member of this role is nowhere written down (PostgreSQL documentation, 22.5).
        if (await reader.ReadAsync(cancellation) && graph.Find("pg_database_owner") is { } implicitRole)
        {
            graph.Add(reader.GetFieldValue<uint>(0), implicitRole);
        }

        return graph;
    }

    /// <summary>The role's name; the OID in digits, as PostgreSQL itself shows it, where the role is gone.</summary>
    internal string NameOf(uint oid) => _names.GetValueOrDefault(oid) ?? oid.ToString(CultureInfo.InvariantCulture);

    /// <summary>The role of this name.</summary>
    internal uint? Find(string name)
    {
        foreach ((uint oid, string candidate) in _names)
        {
            if (string.Equals(candidate, name, StringComparison.Ordinal))
            {
                return oid;
            }
        }

        return null;
    }

    /// <summary>The roles of these names or patterns; the word public, which can be no role's name, is everybody.</summary>
    internal IReadOnlyCollection<uint> Find(IReadOnlyCollection<NamePattern> names)
    {
        var found = new HashSet<uint>();
        foreach (NamePattern name in names)
        {
            if (name.Expression is null)
            {
                uint? oid = Find(name.Text);
                found.Add(oid ?? (string.Equals(name.Text, PublicName, StringComparison.OrdinalIgnoreCase) ? Public : uint.MaxValue));
                continue;
            }

            var expression = new Regex(name.Expression, RegexOptions.CultureInvariant | RegexOptions.Singleline);
            found.UnionWith(_names.Where(role => expression.IsMatch(role.Value)).Select(role => role.Key));
            if (expression.IsMatch(PublicName))
            {
                found.Add(Public);
            }
        }

        return found;
    }

    /// <summary>Whether no ACL holds the role back.</summary>
    internal bool IsSuperuser(uint oid) => _superusers.Contains(oid);

    /// <summary>Every role whose rights this one has without SET ROLE, itself included, with a shortest way that leads there.</summary>
    internal Dictionary<uint, IReadOnlyList<string>> RightsOf(uint role)
    {
        var ways = new Dictionary<uint, IReadOnlyList<string>> { [role] = [NameOf(role)] };
        var next = new Queue<uint>([role]);
        while (next.TryDequeue(out uint member))
        {
            foreach (uint granted in _inheritedBy.GetValueOrDefault(member) ?? [])
            {
                if (ways.TryAdd(granted, [.. ways[member], NameOf(granted)]))
                {
                    next.Enqueue(granted);
                }
            }
        }

        return ways;
    }

    private void Add(uint member, uint role)
    {
        if (!_inheritedBy.TryGetValue(member, out List<uint>? roles))
        {
            _inheritedBy.Add(member, roles = []);
        }

        roles.Add(role);
    }
}
