// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting;
/// <summary>The script has something this host does not understand, at a line and a column counted from 1.</summary>
public sealed class ScriptException(string message, int line, int column) : RuntimeException($"line {line}, column {column}: {message}") {
    public int Line { get; } = line;
    public int Column { get; } = column;
}
