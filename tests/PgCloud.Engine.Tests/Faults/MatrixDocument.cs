// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text;

namespace PgCloud.Engine.Tests.Faults;

/// <summary>The matrix as a document.</summary>
internal static class MatrixDocument
{
    internal static string Write(IReadOnlyList<MatrixResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine("# Fault matrix");
        text.AppendLine();
        text.AppendLine("Every operation of the clouds that changes something, met by every fault. Written by `./build.sh fault-matrix`, which runs the module's");
        text.AppendLine("engine against the emulator of both APIs; CI runs the same cells and checks each:");
        text.AppendLine();
        text.AppendLine("- the operation ends, done or with an error that has an id of its own, within 30 seconds at the matrix's time-out of less than a second a try;");
        text.AppendLine("- afterwards the cloud has one of two states, that from before or that which was asked for, and after success the latter;");
        text.AppendLine("- nothing is there twice;");
        text.AppendLine("- a password that was answered lets its user in;");
        text.AppendLine("- no key, token or password is in what was reported or in the error.");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Each fault comes {string.Join("; ", MatrixCount.All.Select(c => c.Name))}. The first three come to calls that change something, but for refused");
        text.AppendLine("connections, which are so whatever is called. A field tells how each of these four ended: `d` done, `e` with an error.");
        text.AppendLine();
        text.AppendLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{results.Count} cells: {results.Count(r => r.ErrorId is null && r.Flaw is null)} done, {results.Count(r => r.ErrorId is not null && r.Flaw is null)} ended in an error, {results.Count(r => r.Flaw is not null)} wrong."));
        foreach (IGrouping<PgProviderName, MatrixOperation> provider in FaultMatrix.Operations.GroupBy(o => o.Provider))
        {
            AppendTable(text, provider, results);
        }

        text.AppendLine();
        text.AppendLine("## How they ended");
        text.AppendLine();
        text.AppendLine("| Error | Cells |");
        text.AppendLine("|---|---|");
        foreach (IGrouping<string?, MatrixResult> id in results.GroupBy(r => r.ErrorId).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {(id.Key is null ? "none: done" : $"`{id.Key}`")} | {id.Count()} |");
        }

        string[] steps = [.. FaultMatrix.Operations.Where(o => o.Between.Count > 0).Select(o => $"`{o.Cmdlet}` of {o.Provider}: {string.Join(", ", o.Between)}")];
        text.AppendLine();
        text.AppendLine("Operations of several steps, with the states between that an error may leave, from which running it again goes on:");
        text.AppendLine();
        foreach (string step in steps)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {step}");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>What a row begins with.</summary>
    internal static string RowOf(MatrixOperation operation) => $"| `{operation.Cmdlet.Replace("|", "\\|", StringComparison.Ordinal)}` |";

    /// <summary>The head of a table.</summary>
    internal static string Head => $"| |{string.Concat(MatrixFault.All.Select(f => $" {f.Name} |"))}";

    private static void AppendTable(StringBuilder text, IGrouping<PgProviderName, MatrixOperation> provider, IReadOnlyList<MatrixResult> results)
    {
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"## {provider.Key}");
        text.AppendLine();
        text.AppendLine(Head);
        text.AppendLine(CultureInfo.InvariantCulture, $"|---|{string.Concat(MatrixFault.All.Select(_ => "---|"))}");
        foreach (MatrixOperation operation in provider)
        {
            text.Append(RowOf(operation));
            foreach (MatrixFault fault in MatrixFault.All)
            {
                text.Append(' ');
                foreach (MatrixCount count in MatrixCount.All)
                {
                    MatrixResult? result = results.FirstOrDefault(r => r.Operation == operation && r.Fault == fault && r.Count == count);
                    text.Append(result is null ? '?' : result.Flaw is not null ? '!' : result.ErrorId is null ? 'd' : 'e');
                }

                text.Append(" |");
            }

            text.AppendLine();
        }
    }
}
