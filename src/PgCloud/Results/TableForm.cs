// SPDX-License-Identifier: MIT

using System.Data;
using System.Globalization;
using PgCloud.Contracts;

namespace PgCloud.Results;

/// <summary>A DataTable for each result set, in which NULL is DBNull, as nothing else can be in its typed columns.</summary>
internal sealed class TableForm : ResultForm
{
    private DataTable? _table;
    private int _resultSet;

    /// <inheritdoc/>
    internal override IReadOnlyList<object?> Add(SqlRowBatch batch)
    {
        IReadOnlyList<object?> complete = [];
        if (_table is null || _resultSet != batch.ResultSet)
        {
            complete = Complete();
            _resultSet = batch.ResultSet;
            _table = Create(batch);
        }
        else if (batch.Columns.Where((column, i) => column.Type != _table.Columns[i].DataType).Any())
        {
            // A column's type is fixed once it holds something.
            DataTable narrow = _table;
            _table = Create(batch);
            foreach (DataRow row in narrow.Rows)
            {
                _table.Rows.Add(row.ItemArray);
            }

            narrow.Dispose();
        }

        foreach (PgRow row in batch.Rows)
        {
            _table.Rows.Add(row.Values);
        }

        return complete;
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<object?> Complete()
    {
        _table?.AcceptChanges();
        return _table is null ? [] : [_table];
    }

    private static DataTable Create(SqlRowBatch batch)
    {
        var table = new DataTable(string.Create(CultureInfo.InvariantCulture, $"Result{batch.ResultSet + 1}")) { Locale = CultureInfo.InvariantCulture };
        foreach (SqlColumn column in batch.Columns)
        {
            table.Columns.Add(column.Name, column.Type);
        }

        return table;
    }
}
