// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Memberships;

/// <summary>The options of a membership, as far as they are asked for.</summary>
internal readonly record struct MembershipOptions(bool? Admin, bool? Inherit, bool? Set)
{
    /// <summary>Whether none is.</summary>
    internal bool IsEmpty => Admin is null && Inherit is null && Set is null;

    /// <summary>The options as GRANT takes them: WITH … as it is from 16 on.</summary>
    internal string ToSql()
    {
        var words = new List<string>(3);
        Add(words, "ADMIN", Admin);
        Add(words, "INHERIT", Inherit);
        Add(words, "SET", Set);
        return words.Count == 0 ? string.Empty : $" WITH {string.Join(", ", words)}";
    }

    private static void Add(List<string> words, string option, bool? value)
    {
        if (value is { } given)
        {
            words.Add($"{option} {(given ? "TRUE" : "FALSE")}");
        }
    }
}
