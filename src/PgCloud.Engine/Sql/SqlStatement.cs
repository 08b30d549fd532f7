// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql;

/// <summary>One statement, and how it may be shown.</summary>
/// <param name="Text">What is sent.</param>
/// <param name="Masked">
///   The same with psql variables in the place of secrets; <see langword="null"/> where it holds none. It can be pasted into psql, which
///   asks for the value with <c>\prompt</c> or has it from <c>\set</c>.
/// </param>
internal readonly record struct SqlStatement(string Text, string? Masked = null)
{
    /// <summary>What may be shown.</summary>
    internal string Shown => Masked ?? Text;

    /// <summary>A statement without secrets.</summary>
    public static implicit operator SqlStatement(string text) => new(text);

    /// <summary>What may be shown.</summary>
    public override string ToString() => Shown;
}
