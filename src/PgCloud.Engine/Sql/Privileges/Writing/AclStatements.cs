// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Privileges.Writing;

/// <summary>How a statement says what it does.</summary>
/// <param name="Verb">GRANT, or REVOKE with what follows it.</param>
/// <param name="Preposition">TO or FROM.</param>
/// <param name="End">What follows the grantees.</param>
internal sealed record AclWording(string Verb, string Preposition, string End);

/// <summary>Gathers single privileges, and makes as few statements of them as say the same.</summary>
internal sealed class AclStatements
{
    // The server takes longer lists, but nobody can read them.
    private const int MaxReferences = 500;

    private readonly Dictionary<Place, Dictionary<Grantee, List<string>>> _cells = [];
    private readonly Dictionary<(string Keyword, string Schema), int> _totals = [];

    /// <summary>Says how many objects GRANT … ON ALL … IN SCHEMA would touch.</summary>
    internal void SetTotal(string keyword, string schema, int count) => _totals[(keyword, schema)] = count;

    /// <summary>Adds one privilege of one grantee; a second time changes nothing.</summary>
    /// <param name="acting">As whom.</param>
    /// <param name="rank">Statements of higher rank come first.</param>
    /// <param name="wording">What is done.</param>
    /// <param name="holder">On what.</param>
    /// <param name="privilege">The privilege.</param>
    /// <param name="grantee">Whose.</param>
    internal void Add(Acting acting, int rank, AclWording wording, AclHolder holder, string privilege, Grantee grantee)
    {
        var place = new Place(
            new Frame(acting, rank, wording, holder.Prefix, holder.Keyword), holder.Reference, holder.Schema ?? string.Empty, holder.Column);
        if (!_cells.TryGetValue(place, out Dictionary<Grantee, List<string>>? grantees))
        {
            _cells.Add(place, grantees = []);
        }

        if (!grantees.TryGetValue(grantee, out List<string>? privileges))
        {
            grantees.Add(grantee, privileges = []);
        }

        if (!privileges.Contains(privilege))
        {
            privileges.Add(privilege);
        }
    }

    /// <summary>The statements, roles borrowed where that is needed and given back at the end.</summary>
    internal IReadOnlyList<SqlStatement> Build(Version server)
    {
        var statements = new List<SqlStatement>();
        var borrowed = new Dictionary<string, BorrowedRoles>(StringComparer.Ordinal);
        string? role = null;
        foreach ((Frame frame, string text) in Lines().OrderByDescending(line => line.Frame.Rank))
        {
            if (role is not null && role != frame.Acting.SetRole)
            {
                statements.Add("RESET ROLE");
                role = null;
            }

            if (frame.Acting.Borrow is { } lacking && !borrowed.ContainsKey(lacking.Name))
            {
                if (role is not null)
                {
                    statements.Add("RESET ROLE");
                    role = null;
                }

                var loan = new BorrowedRoles(server);
                loan.Add(lacking.Name, lacking.Inherit, lacking.Set);
                borrowed.Add(lacking.Name, loan);
                statements.AddRange(loan.Borrow());
            }

            if (frame.Acting.SetRole is { } other && role is null)
            {
                statements.Add($"SET LOCAL ROLE {PgNames.Quote(other)}");
                role = other;
            }

            statements.Add(text);
        }

        if (role is not null)
        {
            statements.Add("RESET ROLE");
        }

        statements.AddRange(borrowed.Values.SelectMany(loan => loan.Return()));
        return statements;
    }

    private IEnumerable<(Frame Frame, string Text)> Lines()
    {
        // Grantees of one place who get the same privileges; then columns of one table; then objects.
        var byPlace = _cells.SelectMany(cell => cell.Value
            .SelectMany(g => Split(cell.Key.Frame, g.Value).Select(privileges => (Privileges: privileges, Grantee: g.Key)))
            .GroupBy(g => g.Privileges)
            .Select(g => (cell.Key, Privileges: g.Key, Grantees: string.Join(", ", g.Select(x => x.Grantee.Sql)))));
        var byObject = byPlace
            .GroupBy(p => (p.Key.Frame, p.Key.Reference, p.Key.Schema, HasColumn: p.Key.Column is not null, p.Privileges, p.Grantees))
            .Select(g => (g.Key, Privileges: WithColumns(g.Key.Privileges, g.Select(p => p.Key.Column))));
        return byObject
            .GroupBy(o => (o.Key.Frame, o.Privileges, o.Key.Grantees))
            .SelectMany(g => Objects(g.Key.Frame.Keyword, [.. g.Select(o => (o.Key.Reference, o.Key.Schema))])
                .Select(on => (g.Key.Frame,
                    $"{g.Key.Frame.Prefix}{g.Key.Frame.Wording.Verb} {g.Key.Privileges} ON {on} "
                    + $"{g.Key.Frame.Wording.Preposition} {g.Key.Grantees}{g.Key.Frame.Wording.End}")));
    }

    private static IEnumerable<string> Split(Frame frame, List<string> privileges) =>
        frame.Acting.IsEach ? privileges : [string.Join(", ", privileges)];

    private static string WithColumns(string privileges, IEnumerable<string?> columns)
    {
        string list = string.Join(", ", columns.OfType<string>().Select(PgNames.Quote));
        return list.Length == 0 ? privileges : string.Join(", ", privileges.Split(", ").Select(privilege => $"{privilege} ({list})"));
    }

    private IEnumerable<string> Objects(string keyword, IReadOnlyList<(string Reference, string Schema)> objects)
    {
        var rest = new List<string>();
        foreach (IGrouping<string, (string Reference, string Schema)> schema in objects.GroupBy(o => o.Schema))
        {
            if (schema.Skip(1).Any() && _totals.GetValueOrDefault((keyword, schema.Key)) == schema.Count())
            {
                yield return $"ALL {keyword}S IN SCHEMA {PgNames.Quote(schema.Key)}";
            }
            else
            {
                rest.AddRange(schema.Select(o => o.Reference));
            }
        }

        foreach (string[] chunk in rest.Chunk(MaxReferences))
        {
            // Default privileges name no object.
            yield return chunk[0].Length == 0 ? keyword : $"{keyword} {string.Join(", ", chunk)}";
        }
    }

    private sealed record Frame(Acting Acting, int Rank, AclWording Wording, string Prefix, string Keyword);

    private sealed record Place(Frame Frame, string Reference, string Schema, string? Column);
}
