// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Formatting;
/// <summary>Lines that are formatted already.</summary>
internal sealed record FormattedText(string Text);

/// <summary>Writes objects as PowerShell shows them.</summary>
internal sealed class Formatter(ViewTable views, TextWriter writer) {
    internal void Write(IEnumerable<object?> objects, bool? table = null, string[]? properties = null) {
        List<PSObject> group = [];
        string kind = "";
        foreach (PSObject item in objects.Where(o => o is not null).Select(o => PSObject.AsPSObject(o!))) {
            string next = IsPlain(item.BaseObject) ? "" : item.TypeNames[0] + (item.IsCustom ? string.Join(",", item.Properties.Select(p => p.Name)) : "");
            if (next != kind) Flush(group, table, properties);
            kind = next;
            if (next.Length > 0) group.Add(item);
            else if (item.BaseObject is FormattedText formatted) writer.Write(formatted.Text);
            else writer.WriteLine(item.ToString());
        }
        Flush(group, table, properties);
    }
    private static bool IsPlain(object value) => value is string or FormattedText or bool or char or Enum or Guid or Version or Uri or DateTime or DateTimeOffset or TimeSpan
        || Conversion.IsNumber(value.GetType());
    private void Flush(List<PSObject> group, bool? table, string[]? properties) {
        if (group.Count == 0) return;
        View view = properties is null ? views.Find(group[0], table) : new View(table ?? properties.Length <= 4, [.. properties.Select(p => new Column(p, p))]);
        writer.WriteLine();
        if (view.IsTable) WriteTable(view, group);
        else WriteList(view, group);
        writer.WriteLine();
        group.Clear();
    }
    private void WriteTable(View view, List<PSObject> rows) {
        string[][] cells = [.. rows.Select(r => view.Columns.Select(c => Cell(r, c).Replace('\n', ' ')).ToArray())];
        int[] widths = [.. view.Columns.Select((c, i) => c.Width > 0 ? c.Width : Math.Max(c.Label.Length, cells.Max(r => r[i].Length)))];
        bool[] right = [.. view.Columns.Select(c => c.Alignment is { } a ? a.Equals("Right", StringComparison.OrdinalIgnoreCase)
            : ValueOf(rows[0], c) is { } v && Conversion.IsNumber(PSObject.Base(v)!.GetType()))];
        void Line(IEnumerable<string> parts) => writer.WriteLine(string.Join(' ', parts.Select((p, i) => Fit(p, widths[i], right[i]))).TrimEnd());
        if (!view.HideHeaders) {
            Line(view.Columns.Select(c => c.Label));
            Line(view.Columns.Select((c, i) => new string('-', Math.Min(c.Label.Length, widths[i]))));
        }
        foreach (string[] row in cells) Line(row);
    }
    private void WriteList(View view, List<PSObject> items) {
        int width = view.Columns.Max(c => c.Label.Length);
        for (int i = 0; i < items.Count; i++) {
            if (i > 0) writer.WriteLine();
            foreach (Column column in view.Columns) writer.WriteLine($"{column.Label.PadRight(width)} : {Cell(items[i], column).Replace("\n", "\n" + new string(' ', width + 3))}");
        }
    }
    private static string Fit(string text, int width, bool right) =>
        text.Length > width ? right ? "…" + text[^(width - 1)..] : text[..(width - 1)] + "…" : right ? text.PadLeft(width) : text.PadRight(width);
    private static object? ValueOf(PSObject item, Column column) =>
        column.Property.Split('.').Aggregate((object?)item, (value, name) => value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value);
    private static string Cell(PSObject item, Column column) {
        object? value = PSObject.Base(ValueOf(item, column));
        return value is not null && column.Format is { Length: > 0 } format ? string.Format(CultureInfo.CurrentCulture, format, value) : Shown(value);
    }
    // Lists show four elements, fractions two digits.
    private static string Shown(object? value) => value switch {
        null => "",
        double or float or decimal => ((IFormattable)value).ToString("F2", CultureInfo.CurrentCulture),
        IDictionary map => "{" + Some(map.Keys.Cast<object?>().Select(k => $"[{k}, {Conversion.Text(map[k!])}]")) + "}",
        IEnumerable many and not string => "{" + Some(many.Cast<object?>().Select(Conversion.Text)) + "}",
        _ => Conversion.Text(value),
    };
    private static string Some(IEnumerable<string> items) => items.ToList() is { Count: > 4 } many ? string.Join(", ", many.Take(4)) + "…" : string.Join(", ", items);
    /// <summary>An error in PowerShell's concise form.</summary>
    internal static string Concise(ErrorRecord error) => $"{(error.CategoryInfo.Activity is { Length: > 0 } activity ? activity : "Error")}: {error}"
        + (error.ErrorDetails?.RecommendedAction is { Length: > 0 } action ? $"\n  Recommendation: {action}" : "");
}
