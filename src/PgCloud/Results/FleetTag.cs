// SPDX-License-Identifier: MIT

using System.Management.Automation;

namespace PgCloud.Results;

/// <summary>
///   Says of each row which instance it is from, where rows of several come mixed. It is used on the pipeline thread alone, and nothing is
///   written before the second record has come or the last has gone: by then it is known whether there are several.
/// </summary>
internal sealed class FleetTag
{
    /// <summary>The property that says so.</summary>
    internal const string Property = "PgInstance";

    private int _connections;
    private bool _isAsked;

    /// <summary>A record has come.</summary>
    /// <param name="isConnection">Whether it is a connection.</param>
    /// <param name="isAsked">Whether one alone is told of, too.</param>
    internal void Note(bool isConnection, bool isAsked)
    {
        _connections += isConnection ? 1 : 0;
        _isAsked = isConnection && isAsked;
    }

    /// <summary>The rows with their instance, where that is to be said.</summary>
    internal IEnumerable<object?> Apply(IEnumerable<object?> rows, PgConnection connection)
    {
        if (_connections < 2 && !_isAsked)
        {
            return rows;
        }

        string name = connection.Instance?.Name ?? $"{connection.HostName}:{connection.Port}";
        return rows.Select(row => row is null ? null : Tag(PSObject.AsPSObject(row), name));
    }

    private static PSObject Tag(PSObject row, string name)
    {
        if (row.Properties[Property] is null)
        {
            row.Properties.Add(new PSNoteProperty(Property, name), preValidated: true);
        }

        return row;
    }
}
