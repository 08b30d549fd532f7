// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>The lists of the model's objects.</summary>
internal static class Lists
{
    /// <summary>
    ///   The same as an array. PowerShell cannot index what the compiler makes of a collection expression for an interface: <c>$list[0]</c>
    ///   would be the whole list.
    /// </summary>
    internal static IReadOnlyList<T> Indexable<T>(IReadOnlyList<T> list) => list as T[] ?? list.ToArray();
}
