// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud;

/// <summary>
///   A row of a query. Each shape of result has a type of its own below this one, with a property for each column.
/// </summary>
public abstract class PgRow
{
    /// <summary>The values in the order of the columns.</summary>
    protected abstract object?[] GetValues();

    /// <summary>The values, for what handles rows of every shape.</summary>
    internal object?[] Values => GetValues();

    /// <summary>The columns and their values, as PowerShell writes its own objects into a string.</summary>
    public override string ToString()
    {
        object?[] values = GetValues();
        IEnumerable<string> columns = GetType().GetProperties()
            .Select((property, i) => string.Create(CultureInfo.InvariantCulture, $"{property.Name}={values[i]}"));
        return $"@{{{string.Join("; ", columns)}}}";
    }
}
