// SPDX-License-Identifier: MIT
namespace System.Management.Automation;
/// <summary>A pattern of *, ?, [a-z] and backtick escapes.</summary>
public sealed class WildcardPattern(string pattern, WildcardOptions options) {
    private readonly Regex _regex = new(@"\A" + Regex.Replace(pattern, @"`(?<plain>.)|(?<set>\[[^\]]+\])|(?<any>[*?])|(?<bad>\[)|(?<plain>.)", m => m.Groups["plain"] is { Success: true } plain ? Regex.Escape(plain.Value)
        : m.Groups["set"].Success ? "[" + m.Value[1..^1].Replace(@"\", @"\\").Replace("[", @"\[").Replace("^", @"\^") + "]" : m.Value == "*" ? ".*" : m.Value == "?" ? "."
        : throw new WildcardPatternException($"The specified wildcard character pattern is not valid: {pattern}"), RegexOptions.Singleline) + @"\z",
        RegexOptions.Singleline | RegexOptions.CultureInvariant | (options.HasFlag(WildcardOptions.IgnoreCase) ? RegexOptions.IgnoreCase : 0));
    public WildcardPattern(string pattern) : this(pattern, WildcardOptions.None) { }
    public static WildcardPattern Get(string pattern, WildcardOptions options) => new(pattern, options);
    public static bool ContainsWildcardCharacters(string? pattern) => pattern is not null && Regex.IsMatch(pattern, @"(?<!`)[*?\[\]]");
    public static string Escape(string pattern) => Regex.Replace(pattern, @"[*?\[\]]", "`$0");
    public static string Unescape(string pattern) => Regex.Replace(pattern, @"`([*?\[\]])", "$1");
    public bool IsMatch(string input) => input is not null && _regex.IsMatch(input);
}
