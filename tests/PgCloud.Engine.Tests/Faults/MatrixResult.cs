// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Tests.Faults;

/// <summary>How a cell ended.</summary>
/// <param name="Operation">Its row.</param>
/// <param name="Fault">Its column.</param>
/// <param name="Count">How often the fault came.</param>
internal sealed record MatrixResult(MatrixOperation Operation, MatrixFault Fault, MatrixCount Count)
{
    /// <summary>The id of the error; <see langword="null"/> where it was done.</summary>
    internal string? ErrorId { get; init; }

    /// <summary>What it took.</summary>
    internal TimeSpan Took { get; init; }

    /// <summary>What is wrong with it; <see langword="null"/> for nothing.</summary>
    internal string? Flaw { get; init; }

    public override string ToString() =>
        FormattableString.Invariant($"{Operation} / {Fault.Name} / {Count.Name}: {ErrorId ?? "done"}, {Took.TotalSeconds:0.0} s{(Flaw is null ? string.Empty : $": {Flaw}")}");
}
