// SPDX-License-Identifier: MIT

using System.Reflection;
using PgCloud.Contracts;
using Xunit;
using Xunit.Abstractions;

namespace PgCloud.Engine.Tests.Faults;

/// <summary>The fault matrix, and its document.</summary>
public sealed class FaultMatrixTests(ITestOutputHelper output)
{
    // Where the document is to be written; a test run leaves it alone.
    private const string WriteTo = "PGCLOUD_FAULT_MATRIX";

    // A part of a cmdlet's name, to run some rows only.
    private const string Rows = "PGCLOUD_FAULT_ROWS";

    private static readonly string[] Changing = ["Create", "Set", "Remove", "Add", "Reset", "Apply", "Stop", "Enable", "Restore", "Purge", "Request"];

    [Fact]
    public async Task Every_cell_ends_as_it_should()
    {
        string rows = Environment.GetEnvironmentVariable(Rows) ?? string.Empty;
        MatrixOperation[] operations = [.. FaultMatrix.Operations.Where(o => o.ToString().Contains(rows, StringComparison.Ordinal))];
        IReadOnlyList<MatrixResult> results = await FaultMatrix.RunAsync(operations);
        if (rows.Length > 0)
        {
            foreach (MatrixResult one in results)
            {
                output.WriteLine(one.ToString());
            }
        }

        foreach (MatrixResult slow in results.OrderByDescending(r => r.Took).Take(5))
        {
            output.WriteLine($"slow: {slow}");
        }

        if (Environment.GetEnvironmentVariable(WriteTo) is { Length: > 0 } path)
        {
            await File.WriteAllTextAsync(path, MatrixDocument.Write(results));
        }

        Assert.Equal(operations.Length * MatrixFault.All.Count * MatrixCount.All.Count, results.Count);
        string[] flaws = [.. results.Where(r => r.Flaw is not null).Select(r => r.ToString()).Order(StringComparer.Ordinal)];
        Assert.True(flaws.Length == 0, $"{flaws.Length} of {results.Count} cells:\n{string.Join('\n', flaws)}");
    }

    [Fact]
    public void Every_method_that_changes_something_has_a_row()
    {
        string[] missing =
        [
            .. typeof(ICloudProvider).GetProperties().Select(p => p.PropertyType).Where(t => t.IsInterface)
                .Concat([typeof(ICloudProvider), typeof(IEngine)])
                .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance), (t, m) => (Type: t, m.Name))
                .Where(m => Changing.Any(c => m.Name.StartsWith(c, StringComparison.Ordinal)) && m.Name.EndsWith("Async", StringComparison.Ordinal))
                .Select(m => m.Type == typeof(ICloudProvider) || m.Type == typeof(IEngine) ? m.Name : $"{m.Type.Name}.{m.Name}")
                .Distinct()

                // Neither cloud stops or starts an instance.
                .Where(m => m != nameof(ICloudProvider.StopInstanceAsync))
                .Except(FaultMatrix.Operations.Select(o => o.Method)),
        ];
        Assert.Empty(missing);
    }

    [Fact]
    public void The_document_has_every_row_and_column()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository(), "docs", "fault-matrix.md"));
        Assert.Equal(2, lines.Count(l => l == MatrixDocument.Head));
        Assert.Equal(
            FaultMatrix.Operations.Select(MatrixDocument.RowOf),
            lines.Where(l => l.StartsWith("| `", StringComparison.Ordinal) && !l.StartsWith("| `PgCloud.", StringComparison.Ordinal))
                .Select(l => l[..(l.IndexOf("` |", StringComparison.Ordinal) + 3)]));
        Assert.DoesNotContain(lines, l => l.StartsWith("| `", StringComparison.Ordinal) && (l.Contains('!', StringComparison.Ordinal) || l.Contains('?', StringComparison.Ordinal)));
    }

    private static string Repository()
    {
        DirectoryInfo directory = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "PgCloud.slnx")))
        {
            directory = directory.Parent!;
        }

        return directory.FullName;
    }
}
