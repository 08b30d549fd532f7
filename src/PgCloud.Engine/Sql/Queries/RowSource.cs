// SPDX-License-Identifier: MIT

using System.Runtime.CompilerServices;
using Npgsql;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>The row at which a reader stands.</summary>
internal sealed class RowSource(NpgsqlDataReader reader)
{
    /// <summary>The text of a value; no success for NULL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool TryGet(int ordinal, out ReadOnlySpan<byte> text)
    {
        if (reader.IsDBNull(ordinal))
        {
            text = default;
            return false;
        }

        text = reader.GetFieldValue<Utf8Text>(ordinal).Span;
        return true;
    }
}
