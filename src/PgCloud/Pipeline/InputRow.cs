// SPDX-License-Identifier: MIT

using System.Collections;
using System.Data;
using System.Management.Automation;

namespace PgCloud.Pipeline;

/// <summary>Objects of the pipeline as rows: by their properties, the keys of a hashtable, or the columns of a DataTable.</summary>
internal static class InputRow
{
    /// <summary>The names of an object's values, in order.</summary>
    internal static IReadOnlyList<string> NamesOf(PSObject input) => input.BaseObject switch
    {
        IDictionary dictionary => [.. dictionary.Keys.Cast<object>().Select(key => key.ToString()!)],
        // Of a DataRow PowerShell shows its state and its table too.
        DataRow row => [.. row.Table.Columns.Cast<DataColumn>().Select(column => column.ColumnName)],
        _ => [.. input.Properties.Select(property => property.Name)],
    };

    /// <summary>Reads the values of these names; what is not there is <see langword="null"/>.</summary>
    internal static void Read(PSObject input, IReadOnlyList<string> names, object?[] row)
    {
        object source = input.BaseObject;
        // Made anew at each access.
        PSMemberInfoCollection<PSPropertyInfo>? properties = source is IDictionary or DataRow ? null : input.Properties;
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = Bare(source switch
            {
                IDictionary dictionary => dictionary[names[i]],
                DataRow data => data.Table.Columns.Contains(names[i]) ? data[names[i]] : null,
                _ => ValueOf(properties![names[i]]),
            });
        }
    }

    // A property that cannot be read has no value; Export-Csv leaves it empty too.
    private static object? ValueOf(PSPropertyInfo? property)
    {
        try
        {
            return property?.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    /// <summary>The value itself, out of what PowerShell wraps around it: the engine knows no PowerShell.</summary>
    private static object? Bare(object? value) => DeserializedObject.Value(value) switch
    {
        PSObject { BaseObject: PSCustomObject } => value,
        PSObject wrapped => Bare(wrapped.BaseObject),
        ArrayList list => list.Cast<object?>().Select(Bare).ToArray(),
        IEnumerable<object?> list and not IDictionary => list.Select(Bare).ToArray(),
        var bare => bare,
    };
}
