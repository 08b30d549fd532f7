// SPDX-License-Identifier: MIT

using System.Collections;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Security;
using Npgsql;
using NpgsqlTypes;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>Makes parameters of the values that people have at hand in a shell.</summary>
internal static class QueryParameters
{
    /// <summary>A parameter.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Sql.ParameterInvalid</c>.</exception>
    internal static NpgsqlParameter Create(string name, object? value)
    {
        var parameter = new NpgsqlParameter { ParameterName = name };
        object? sent = Value(name, value);
        if (sent is string)
        {
            // Of no type, as psql sends it: the server takes it for what stands beside it, so that @id = '5' fits an integer column.
            parameter.NpgsqlDbType = NpgsqlDbType.Unknown;
        }

        parameter.Value = sent ?? DBNull.Value;
        return parameter;
    }

    private static object? Value(string name, object? value) => value switch
    {
        null or DBNull => null,
        string text => text.Contains('\0', StringComparison.Ordinal) ? throw PgErrors.SqlParameterInvalid(name, "it contains NUL") : text,
        bool or short or int or long or float or double or decimal or Guid or byte[] or TimeSpan or DateOnly or TimeOnly => value,
        byte number => (short)number,
        sbyte number => (short)number,
        ushort number => (int)number,
        uint number => (long)number,
        ulong number => (decimal)number,
        // A local time is a moment; only a time of no kind is a reading of some clock.
        DateTime { Kind: DateTimeKind.Local } local => local.ToUniversalTime(),
        DateTime => value,
        DateTimeOffset moment => moment.ToUniversalTime(),
        char or Enum or IPAddress or IPNetwork or PhysicalAddress or PgRange or PgInterval or Uri or Version or System.Numerics.BigInteger => Text(value),
        SecureString => throw PgErrors.SqlParameterInvalid(name, "it is a SecureString, and the server may log parameters"),
        IDictionary => throw PgErrors.SqlParameterInvalid(name, "it is a hashtable"),
        IEnumerable list => List(name, list),
        _ => throw PgErrors.SqlParameterInvalid(name, $"it is a {value.GetType().Name}"),
    };

    /// <summary>An array of the elements' common type; of different ones, and of text, an array of text.</summary>
    private static object List(string name, IEnumerable list)
    {
        var values = new List<object?>();
        Type? common = null;
        foreach (object? element in list)
        {
            object? value = Value(name, element);
            if (value is Array and not byte[])
            {
                throw PgErrors.SqlParameterInvalid(name, "it is an array of arrays");
            }

            values.Add(value);
            Type? type = value?.GetType();
            common = common is null || common == type || type is null ? common ?? type : typeof(string);
        }

        common ??= typeof(string);
        Type elementType = common.IsValueType && values.Contains(null) ? typeof(Nullable<>).MakeGenericType(common) : common;
        Array array = Array.CreateInstance(elementType, values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            array.SetValue(common == typeof(string) && values[i] is { } value ? Text(value) : values[i], i);
        }

        return array;
    }

    private static string Text(object value) => value is IFormattable formattable
        ? formattable.ToString(null, CultureInfo.InvariantCulture)
        : value.ToString() ?? string.Empty;
}
