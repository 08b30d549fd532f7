// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Formatting;
/// <summary>A column of a table or a line of a list; width 0 means as wide as needed.</summary>
internal sealed record Column(string Label, string Property, int Width = 0, string? Alignment = null, string? Format = null);

/// <summary>How objects of a type are shown.</summary>
internal sealed record View(bool IsTable, List<Column> Columns, bool HideHeaders = false);

/// <summary>What format and type files say about types.</summary>
internal sealed class ViewTable {
    private readonly Dictionary<string, List<View>> _views = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<string>> _defaults = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<(string Name, string Of)>> _aliases = new(StringComparer.OrdinalIgnoreCase);
    internal IEnumerable<PSPropertyInfo> AliasesOf(PSObject of) => _aliases.Count == 0 ? []
        : of.TypeNames.SelectMany(t => _aliases.GetValueOrDefault(t) ?? []).Select(a => (a.Name, Member: of.BaseObject.GetType().GetProperty(a.Of))).Where(a => a.Member is not null)
            .Select(a => new PSProperty(a.Member!, of.BaseObject, a.Name));
    /// <summary>The view an object has, or the one that fits its properties.</summary>
    internal View Find(PSObject of, bool? table) {
        List<View> views = of.TypeNames.Select(t => _views.GetValueOrDefault(t)).FirstOrDefault(v => v is not null) ?? [];
        if (views.Find(v => table is null || v.IsTable == table) is { } found) return found;
        List<string> names = of.TypeNames.Select(t => _defaults.GetValueOrDefault(t)).FirstOrDefault(d => d is not null) ?? [.. of.Properties.Select(p => p.Name)];
        return new View(table ?? names.Count <= 4, [.. names.Select(n => new Column(n, n))]);
    }
    internal void LoadFormats(string path) {
        foreach (XElement view in XDocument.Load(path).Descendants("View")) {
            XElement? table = view.Element("TableControl"), list = view.Element("ListControl");
            View? made = table is not null ? TableOf(table) : list is not null ? new View(false, [.. list.Descendants("ListItem").Select(i => ColumnOf(i, i))]) : null;
            foreach (string type in view.Element("ViewSelectedBy")?.Elements("TypeName").Select(t => t.Value.Trim()) ?? []) {
                if (!_views.TryGetValue(type, out List<View>? views)) _views[type] = views = [];
                if (made is not null) views.Add(made);
            }
        }
    }
    internal void LoadTypes(string path) {
        foreach (XElement type in XDocument.Load(path).Root!.Elements("Type")) {
            string name = type.Element("Name")!.Value.Trim();
            _aliases[name] = [.. type.Descendants("AliasProperty").Select(a => (a.Element("Name")!.Value.Trim(), a.Element("ReferencedMemberName")!.Value.Trim()))];
            XElement? set = type.Descendants("PropertySet").FirstOrDefault(p => p.Element("Name")?.Value.Trim() == "DefaultDisplayPropertySet");
            if (set is not null) _defaults[name] = [.. set.Descendants("ReferencedProperties").Elements("Name").Select(n => n.Value.Trim())];
        }
    }
    private static View TableOf(XElement table) {
        XElement[] headers = [.. table.Descendants("TableColumnHeader")], items = [.. table.Descendants("TableColumnItem")];
        Column[] columns = [.. items.Select((item, i) => ColumnOf(item, i < headers.Length ? headers[i] : item))];
        // As in PowerShell, widths hold only if every column but the last has one.
        bool fit = table.Element("AutoSize") is not null || columns.SkipLast(1).Any(c => c.Width == 0);
        return new View(true, [.. columns.Select(c => fit ? c with { Width = 0 } : c)], table.Element("HideTableHeaders") is not null);
    }
    private static Column ColumnOf(XElement item, XElement header) {
        string property = item.Element("PropertyName")?.Value.Trim() ?? item.Element("ScriptBlock")?.Value.Trim().Replace("$_.", "", StringComparison.Ordinal) ?? "";
        return new Column(header.Element("Label")?.Value.Trim() ?? property, property, int.Parse(header.Element("Width")?.Value ?? "0", CultureInfo.InvariantCulture),
            header.Element("Alignment")?.Value.Trim() ?? item.Element("Alignment")?.Value.Trim(), item.Element("FormatString")?.Value);
    }
}
