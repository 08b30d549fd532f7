// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Tests.Faults;

/// <summary>What one cell of the matrix works on.</summary>
internal sealed class MatrixCell
{
    internal required MatrixCloud Cloud { get; init; }

    /// <summary>A provider whose calls are not met by the fault.</summary>
    internal required ICloudProvider Admin { get; init; }

    /// <summary>The cell's own instance, or the row's where it has a server.</summary>
    internal required PgInstance Instance { get; init; }

    /// <summary>Unlike that of any other cell.</summary>
    internal required string Name { get; init; }

    /// <summary>Who may log in to the server of the row.</summary>
    internal UserWithPassword? ServerAdmin { get; init; }

    /// <summary>What was prepared.</summary>
    internal object? Item { get; set; }

    /// <summary>Hears of what is done.</summary>
    internal Heard Heard { get; } = new();

    /// <summary>Ends what hangs.</summary>
    internal CancellationToken End { get; init; }
}

/// <summary>An operation that changes something: a row of the matrix.</summary>
/// <param name="Provider">Whose.</param>
/// <param name="Cmdlet">The line that a user writes.</param>
/// <param name="Method">The contract's method.</param>
internal sealed record MatrixOperation(PgProviderName Provider, string Cmdlet, string Method)
{
    /// <summary>Whether it needs a PostgreSQL server.</summary>
    internal bool NeedsServer { get; init; }

    /// <summary>Makes what it works on.</summary>
    internal Func<MatrixCell, Task> Prepare { get; init; } = _ => Task.CompletedTask;

    /// <summary>Does it.</summary>
    internal required Func<MatrixCell, MatrixProvider, Task> Run { get; init; }

    /// <summary>Looks at what it changes: the same text for the same state, whatever the cell. Duplicates show in it.</summary>
    internal required Func<MatrixCell, Task<string>> Look { get; init; }

    /// <summary>States between the two, which an error may leave where the operation is of several steps.</summary>
    internal IReadOnlyList<string> Between { get; init; } = [];

    /// <summary>Lets go of what was prepared.</summary>
    internal Func<MatrixCell, Task> Clear { get; init; } = _ => Task.CompletedTask;

    public override string ToString() => $"{Provider}: {Cmdlet}";
}
