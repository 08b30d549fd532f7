// SPDX-License-Identifier: MIT

using System.IO.Enumeration;

namespace PgCloud.Emulator.Hosting;

/// <summary>Patterns in which <c>*</c> stands for anything, slashes included.</summary>
internal static class Wildcard
{
    internal static bool IsMatch(string pattern, string text) =>
        // '?' has no meaning in these patterns, nor has the escape character.
        FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal), text, ignoreCase: false);
}
