// SPDX-License-Identifier: MIT

using Npgsql;
using NpgsqlTypes;
using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Privileges.Reading;

/// <summary>The values of a filter as parameters of one command, each sent once.</summary>
internal sealed class FilterParameters
{
    // The same filter stands in the query of every kind: by the filter itself and by what is compared.
    private readonly Dictionary<(object, string), string> _places = [];
    private readonly List<NpgsqlParameter> _all = [];

    /// <summary>The parameters, in their order.</summary>
    internal IReadOnlyList<NpgsqlParameter> All => _all;

    /// <summary>The condition that an expression is one of the names or fits one of the patterns; <see langword="null"/> where there are none.</summary>
    internal string? Matches(IReadOnlyCollection<NamePattern> patterns, string expression)
    {
        string[] names = [.. patterns.Where(pattern => pattern.Expression is null).Select(pattern => pattern.Text)];
        string[] expressions = [.. patterns.Select(pattern => pattern.Expression).OfType<string>()];
        return (names.Length, expressions.Length) switch
        {
            (0, 0) => null,
            (_, 0) => IsAny(expression, "=", patterns, names),
            (0, _) => IsAny(expression, "~", patterns, expressions),
            _ => $"({IsAny(expression, "=", patterns, names)} OR {IsAny(expression, "~", patterns, expressions)})",
        };
    }

    /// <summary>The condition that an expression of type text is one of the values.</summary>
    internal string? IsOneOf(IReadOnlyCollection<string> values, string expression) =>
        values.Count == 0 ? null : IsAny(expression, "=", values, values);

    /// <summary>The condition that an expression of type oid is one of the values.</summary>
    internal string IsOneOf(IReadOnlyCollection<uint> values, string expression) =>
        $"{expression} OPERATOR(pg_catalog.=) ANY ({Place(values, "oid", () => new NpgsqlParameter { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Oid })})";

    private string IsAny(string expression, string comparison, object key, IReadOnlyCollection<string> values) =>
        $"{expression} OPERATOR(pg_catalog.{comparison}) ANY ({Place(key, comparison, () => SqlText.Array(values))})";

    private string Place(object key, string use, Func<NpgsqlParameter> create)
    {
        if (!_places.TryGetValue((key, use), out string? place))
        {
            _all.Add(create());
            _places.Add((key, use), place = $"${_all.Count}");
        }

        return place;
    }
}
