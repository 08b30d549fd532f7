// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>A value of a range type, such as <c>[1,5)</c>.</summary>
public sealed class PgRange
{
    private readonly string _text;

    internal PgRange(string text) => _text = text;

    /// <summary>The lower bound; <see langword="null"/> where there is none.</summary>
    public object? Lower { get; init; }

    /// <summary>The upper bound; <see langword="null"/> where there is none.</summary>
    public object? Upper { get; init; }

    /// <summary>Whether the lower bound itself is part of the range.</summary>
    public bool IncludesLower { get; init; }

    /// <summary>Whether the upper bound itself is part of the range.</summary>
    public bool IncludesUpper { get; init; }

    /// <summary>Whether it holds no value at all.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>The range as PostgreSQL writes it, which it takes as a parameter too.</summary>
    public override string ToString() => _text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PgRange other && _text == other._text;

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);
}
