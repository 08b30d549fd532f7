// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Results;

/// <summary>Makes of the rows of a query what the user asked for.</summary>
internal abstract class ResultForm
{
    /// <summary>What can be written now that some rows have come.</summary>
    internal abstract IReadOnlyList<object?> Add(SqlRowBatch batch);

    /// <summary>What is left to write at the end.</summary>
    internal virtual IReadOnlyList<object?> Complete() => [];

    /// <summary>The form asked for.</summary>
    internal static ResultForm For(PgQueryOutput output) => output switch
    {
        PgQueryOutput.DataTable => new TableForm(),
        PgQueryOutput.Scalar => new ScalarForm(),
        PgQueryOutput.Json => new JsonForm(),
        _ => new RowForm(),
    };

    private sealed class RowForm : ResultForm
    {
        internal override IReadOnlyList<object?> Add(SqlRowBatch batch) => batch.Rows;
    }

    /// <summary>The statements after the first row run to their end, and their rows are left unused.</summary>
    private sealed class ScalarForm : ResultForm
    {
        private bool _isDone;

        internal override IReadOnlyList<object?> Add(SqlRowBatch batch)
        {
            if (_isDone || batch.Rows.Count == 0)
            {
                return [];
            }

            _isDone = true;
            return [batch.Rows[0].Values[0]];
        }
    }
}
