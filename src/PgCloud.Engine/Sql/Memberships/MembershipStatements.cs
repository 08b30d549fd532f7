// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>
///   The statements of a change, as few as may be: what is the same for several members of a role is one statement, as long as no membership
///   is touched twice in another order than it was asked.
/// </summary>
internal sealed class MembershipStatements(bool hasOptions)
{
    private readonly List<Statement> _all = [];
    private readonly Dictionary<(string Head, string Tail), Statement> _open = [];
    private readonly HashSet<(string Role, string Member)> _touched = [];

    /// <summary>What is to be said next is about this membership.</summary>
    internal void Begin(string role, string member)
    {
        if (!_touched.Add((role, member)))
        {
            Close();
            _touched.Add((role, member));
        }
    }

    /// <summary>What follows is not put into statements that are there already.</summary>
    internal void Close()
    {
        _open.Clear();
        _touched.Clear();
    }

    /// <summary>GRANT of a role, or of options of the membership.</summary>
    internal void Grant(string role, string member, MembershipOptions options, string? grantor) => Add(
        role,
        member,
        $"GRANT {PgNames.Quote(role)} TO ",
        (hasOptions ? options.ToSql() : options.Admin == true ? " WITH ADMIN OPTION" : string.Empty) + By(grantor));

    /// <summary>REVOKE of a role, or of one option of the membership.</summary>
    internal void Revoke(string role, string member, string? option, string? grantor, bool cascade = false) => Add(
        role,
        member,
        $"REVOKE {(option is null ? string.Empty : $"{option} OPTION FOR ")}{PgNames.Quote(role)} FROM ",
        By(grantor) + (cascade ? " CASCADE" : string.Empty));

    /// <summary>The statements, in order.</summary>
    internal IReadOnlyList<SqlStatement> ToList() => _all.ConvertAll(statement => (SqlStatement)statement.Text);

    /// <summary>What a statement is about.</summary>
    internal (string Role, IReadOnlyList<string> Members)? About(string? text) =>
        _all.Find(statement => statement.Text == text) is { } found ? (found.Role, found.Members) : null;

    // From 16 on there may be several grants of a role to a member; below it, whose it is does not matter.
    private string By(string? grantor) => grantor is null || !hasOptions ? string.Empty : $" GRANTED BY {PgNames.Quote(grantor)}";

    private void Add(string role, string member, string head, string tail)
    {
        if (!_open.TryGetValue((head, tail), out Statement? statement))
        {
            statement = new Statement(role, head, tail, []);
            _all.Add(statement);
            _open.Add((head, tail), statement);
        }

        statement.Members.Add(member);
    }

    private sealed record Statement(string Role, string Head, string Tail, List<string> Members)
    {
        internal string Text => Head + string.Join(", ", Members.Select(PgNames.Quote)) + Tail;
    }
}
