// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Modules;
/// <summary>The simple data of a module manifest: strings and lists of strings by key. An assembly alone has none.</summary>
internal sealed class Manifest {
    private const string Word = @"'[^']*'|""[^""]*""";
    private readonly Dictionary<string, List<string>> _data = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _folder;
    internal Manifest(string path) {
        (_folder, Assembly) = (Path.GetDirectoryName(path)!, path);
        if (!path.EndsWith(".psd1", StringComparison.OrdinalIgnoreCase) || !File.Exists(path)) return;
        string text = Regex.Replace(File.ReadAllText(path), @$"<#.*?#>|{Word}|#[^\n]*", m => m.Value[0] is '\'' or '"' ? m.Value : "", RegexOptions.Singleline);
        foreach (Match entry in Regex.Matches(text, $@"(?<key>\w+)\s*=\s*(?:@\(\s*(?<list>(?:{Word}|[\s,])*)\)|(?<list>(?:{Word})(?:\s*,\s*(?:{Word}))*))")) {
            _data.TryAdd(entry.Groups["key"].Value, [.. Regex.Matches(entry.Groups["list"].Value, Word).Select(w => w.Value[1..^1])]);
        }
        Assembly = Files("RootModule").FirstOrDefault() ?? "";
    }
    internal string Assembly { get; }
    internal Version Version => new(_data.TryGetValue("ModuleVersion", out List<string>? version) ? version[0] : "0.0");
    internal List<string> Files(string key) => [.. (_data.GetValueOrDefault(key) ?? []).Select(f => Path.GetFullPath(f, _folder))];
    internal bool Exports(string key, string name) =>
        !_data.TryGetValue(key, out List<string>? patterns) || patterns.Exists(p => WildcardPattern.Get(p, WildcardOptions.IgnoreCase).IsMatch(name));
}
