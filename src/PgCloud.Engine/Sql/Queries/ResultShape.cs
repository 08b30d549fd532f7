// SPDX-License-Identifier: MIT

using System.Globalization;
using Npgsql;
using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>The columns of one result set: their names, made distinct, and how each one's text becomes a value.</summary>
internal sealed class ResultShape
{
    private readonly string[] _names;
    private readonly ColumnType[] _types;
    private readonly RowType _rows;

    private ResultShape(string[] names, ColumnType[] types, IReadOnlyList<SqlColumn> columns)
    {
        _names = names;
        _types = types;
        _rows = RowType.For(names, types);
        Columns = columns;
    }

    /// <summary>The columns.</summary>
    internal IReadOnlyList<SqlColumn> Columns { get; }

    /// <summary>The shape of the present result set; <see langword="null"/> where there is none.</summary>
    internal static ResultShape? Of(NpgsqlDataReader reader)
    {
        int count = reader.FieldCount;
        if (count == 0)
        {
            return null;
        }

        string[] names = new string[count];
        var types = new ColumnType[count];
        for (int i = 0; i < count; i++)
        {
            names[i] = reader.GetName(i);
            types[i] = ColumnTypes.Of(reader.GetDataTypeOID(i));
        }

        names = Distinct(names);
        return new ResultShape(
            names,
            types,
            [.. names.Select((name, i) => new SqlColumn(name, BareType(types[i]), ColumnTypes.IsJson(reader.GetDataTypeOID(i))))]);
    }

    /// <summary>Reads the present row.</summary>
    /// <exception cref="ValueDoesNotFitException">A value is a rare one, for which <see cref="Widen"/> makes room.</exception>
    internal PgRow Read(RowSource row) => _rows.Read(row, _types);

    /// <summary>The same shape, with room for whatever comes in one column.</summary>
    internal ResultShape Widen(int ordinal)
    {
        ColumnType[] types = [.. _types];
        types[ordinal] = new MixedColumnType(types[ordinal]);
        SqlColumn[] columns = [.. Columns];
        columns[ordinal] = columns[ordinal] with { Type = typeof(object) };
        return new ResultShape(_names, types, columns);
    }

    /// <summary>
    ///   Names that can all be properties of one object: none empty, none that PowerShell keeps for itself, and none like another but for
    ///   case, which PowerShell does not tell apart. A name that is already distinct stays as it is.
    /// </summary>
    internal static string[] Distinct(string[] names)
    {
        var taken = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        string[] distinct = new string[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            string name = PropertyName(names[i]);
            string candidate = name;
            for (int n = 2; (candidate != names[i] && taken.Contains(candidate)) || !seen.Add(candidate); n++)
            {
                candidate = string.Create(CultureInfo.InvariantCulture, $"{name}_{n}");
            }

            distinct[i] = candidate;
        }

        return distinct;
    }

    private static string PropertyName(string column) => column.ToUpperInvariant() switch
    {
        "" => "column",
        "PSOBJECT" or "PSBASE" or "PSADAPTED" or "PSEXTENDED" or "PSTYPENAMES" => column + "_",
        _ => column,
    };

    private static Type BareType(ColumnType type) => Nullable.GetUnderlyingType(type.PropertyType) ?? type.PropertyType;
}
