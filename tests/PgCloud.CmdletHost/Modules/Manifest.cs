// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;

namespace PgCloud.Hosting.Modules;

/// <summary>The simple data of a module manifest: strings and lists of strings by key.</summary>
internal sealed class Manifest(string assembly) {
    private readonly Dictionary<string, List<string>> _data = new(StringComparer.OrdinalIgnoreCase);

    internal string Assembly { get; } = assembly;
    internal Version Version => new(_data.TryGetValue("ModuleVersion", out List<string>? version) ? version[0] : "0.0");

    internal static Manifest Read(string path) {
        string text = Regex.Replace(File.ReadAllText(path), @"<#.*?#>|'[^']*'|""[^""]*""|#[^\n]*", m => m.Value[0] is '\'' or '"' ? m.Value : "", RegexOptions.Singleline);
        const string Words = @"'[^']*'|""[^""]*""";
        Dictionary<string, List<string>> data = new(StringComparer.OrdinalIgnoreCase);
        foreach (Match entry in Regex.Matches(text, $@"(?<key>\w+)\s*=\s*(?:@\(\s*(?<list>(?:{Words}|[\s,])*)\)|(?<list>(?:{Words})(?:\s*,\s*(?:{Words}))*))")) {
            data.TryAdd(entry.Groups["key"].Value, [.. Regex.Matches(entry.Groups["list"].Value, Words).Select(w => w.Value[1..^1])]);
        }

        string folder = Path.GetDirectoryName(path)!;
        Manifest manifest = new(Path.GetFullPath(data.GetValueOrDefault("RootModule")?.FirstOrDefault() ?? "", folder));
        foreach ((string key, List<string> value) in data) manifest._data[key] = value;
        manifest._data["."] = [folder];
        return manifest;
    }

    internal bool Exports(string key, string name) => !_data.TryGetValue(key, out List<string>? patterns)
        || patterns.Exists(p => WildcardPattern.Get(p, WildcardOptions.IgnoreCase).IsMatch(name));

    internal List<string> Files(string key) => [.. (_data.GetValueOrDefault(key) ?? []).Select(f => Path.GetFullPath(f, _data["."][0]))];
}
