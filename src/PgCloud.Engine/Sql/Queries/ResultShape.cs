// SPDX-License-Identifier: MIT

using System.Globalization;
using Npgsql;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>The columns of one result set: their names, made distinct, and how each one's text becomes a value.</summary>
internal sealed class ResultShape
{
    private readonly Func<string, object?>?[] _parsers;

    private ResultShape(string[] columns, Func<string, object?>?[] parsers)
    {
        Columns = columns;
        _parsers = parsers;
    }

    /// <summary>The names.</summary>
    internal string[] Columns { get; }

    /// <summary>The shape of the present result set; <see langword="null"/> where there is none.</summary>
    internal static ResultShape? Of(NpgsqlDataReader reader)
    {
        int count = reader.FieldCount;
        if (count == 0)
        {
            return null;
        }

        string[] names = new string[count];
        var parsers = new Func<string, object?>?[count];
        for (int i = 0; i < count; i++)
        {
            names[i] = reader.GetName(i);
            parsers[i] = TextValues.ParserFor(reader.GetDataTypeOID(i));
        }

        return new ResultShape(Distinct(names), parsers);
    }

    /// <summary>Reads the present row.</summary>
    internal object?[] Read(NpgsqlDataReader reader)
    {
        object?[] row = new object?[_parsers.Length];
        for (int i = 0; i < row.Length; i++)
        {
            if (!reader.IsDBNull(i))
            {
                string text = reader.GetString(i);
                row[i] = _parsers[i] is { } parse ? parse(text) : text;
            }
        }

        return row;
    }

    /// <summary>
    ///   Names that can all be properties of one object: none empty and none like another but for case, which PowerShell does not tell
    ///   apart. A name that is already distinct stays as it is.
    /// </summary>
    internal static string[] Distinct(string[] names)
    {
        var taken = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        string[] distinct = new string[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            string name = names[i].Length == 0 ? "column" : names[i];
            string candidate = name;
            for (int n = 2; (candidate != names[i] && taken.Contains(candidate)) || !seen.Add(candidate); n++)
            {
                candidate = string.Create(CultureInfo.InvariantCulture, $"{name}_{n}");
            }

            distinct[i] = candidate;
        }

        return distinct;
    }
}
