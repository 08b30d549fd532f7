// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>In what form a query's rows come.</summary>
public enum PgQueryOutput
{
    /// <summary>An object for each row, as it arrives.</summary>
#pragma warning disable CA1720 // the word that PowerShell users know
    Object,
#pragma warning restore CA1720

    /// <summary>A System.Data.DataTable for each result set.</summary>
    DataTable,

    /// <summary>The first value of the first row, and nothing else.</summary>
    Scalar,

    /// <summary>A JSON text for each result set: an array with an object for each row.</summary>
    Json,
}
