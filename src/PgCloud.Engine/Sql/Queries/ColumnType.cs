// SPDX-License-Identifier: MIT

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>Reads a text; no success where the type has no such value.</summary>
internal delegate bool TextParser<T>(ReadOnlySpan<byte> text, out T value);

/// <summary>How the values of a column become .NET values.</summary>
internal abstract class ColumnType
{
    /// <summary>The type of the row's property.</summary>
    internal abstract Type PropertyType { get; }

    /// <summary>The method that reads the column's value of a row.</summary>
    internal MethodInfo ReadMethod => GetType().GetMethod("Read", BindingFlags.Instance | BindingFlags.Public)!;

    /// <summary>Reads any value of the type; what has no .NET value stays the text that psql would show.</summary>
    internal abstract object Parse(ReadOnlySpan<byte> text);
}

/// <summary>A type whose values are of a .NET value type, but for rare ones.</summary>
/// <param name="parse">Reads a value.</param>
/// <param name="parseRare">Reads the rare ones.</param>
internal sealed class ValueColumnType<T>(TextParser<T> parse, Func<string, object>? parseRare = null) : ColumnType
    where T : struct
{
    /// <inheritdoc/>
    internal override Type PropertyType => typeof(T?);

    /// <summary>Reads a value of a row.</summary>
    /// <exception cref="ValueDoesNotFitException">The value is a rare one.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public T? Read(RowSource row, int ordinal) => !row.TryGet(ordinal, out ReadOnlySpan<byte> text) ? null
        : parse(text, out T value) ? value
        : throw new ValueDoesNotFitException(ordinal);

    /// <inheritdoc/>
    internal override object Parse(ReadOnlySpan<byte> text)
    {
        if (parse(text, out T value))
        {
            return value;
        }

        string rare = Encoding.UTF8.GetString(text);
        return parseRare is null ? rare : parseRare(rare);
    }
}

/// <summary>A type whose values are .NET objects, but for rare ones, which stay text.</summary>
/// <param name="parse">Reads a value.</param>
internal sealed class ObjectColumnType<T>(TextParser<T> parse) : ColumnType
    where T : class
{
    /// <inheritdoc/>
    internal override Type PropertyType => typeof(T);

    /// <summary>Reads a value of a row.</summary>
    /// <exception cref="ValueDoesNotFitException">The value is a rare one.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public T? Read(RowSource row, int ordinal) => !row.TryGet(ordinal, out ReadOnlySpan<byte> text) ? null
        : parse(text, out T value) ? value
        : throw new ValueDoesNotFitException(ordinal);

    /// <inheritdoc/>
    internal override object Parse(ReadOnlySpan<byte> text) => parse(text, out T value) ? value : Encoding.UTF8.GetString(text);
}

/// <summary>The column of a result in which a rare value has been met: from there on it holds values of several types.</summary>
/// <param name="type">What it was before.</param>
internal sealed class MixedColumnType(ColumnType type) : ColumnType
{
    /// <inheritdoc/>
    internal override Type PropertyType => typeof(object);

    /// <summary>Reads a value of a row.</summary>
    public object? Read(RowSource row, int ordinal) => row.TryGet(ordinal, out ReadOnlySpan<byte> text) ? type.Parse(text) : null;

    /// <inheritdoc/>
    internal override object Parse(ReadOnlySpan<byte> text) => type.Parse(text);
}

/// <summary>A value has no place in the row's property.</summary>
/// <param name="ordinal">Which column.</param>
internal sealed class ValueDoesNotFitException(int ordinal) : Exception
{
    /// <summary>Which column.</summary>
    internal int Ordinal { get; } = ordinal;
}
