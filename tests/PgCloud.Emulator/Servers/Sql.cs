// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Servers;

/// <summary>Names and text in statements that take no parameters.</summary>
internal static class Sql
{
    internal static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    internal static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
