// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Scripts;
/// <summary>Reads the few things this host knows of PowerShell's language; anything else is an error that says where.</summary>
internal sealed class ScriptParser(string text, string file) {
    private const string Comment = @"`\r?\n|<#.*?#>|#[^\n]*", Blank = $@"(?:[ \t\r]|{Comment})*", Space = $@"(?:\s|{Comment})*", Lines = $@"(?:[\s;]|{Comment})*";
    private const string Separator = @"[\s|;,(){}&<>'""]", Name = @"\$(?<name>env:\w+|[a-z_]\w*)", End = $@"(?={Separator}|\z)";
    private const string Number = @"(?<sign>-?)(?<digits>0x[0-9a-f]+|\d*\.?\d+(?:e[+-]?\d+)?|\d+\.)(?<kind>[ld])?(?<scale>[kmgtp]b)?";
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant;
    private static readonly string[] Keywords = ["if", "else", "foreach", "for", "while", "do", "switch", "function", "filter", "param", "try", "catch", "finally", "return",
        "throw", "trap", "exit", "break", "continue", "begin", "process", "end", "class", "enum", "using", "data"];
    private int _at;
    internal List<Statement> Parse() {
        List<Statement> statements = [];
        for (Take(Lines); _at < text.Length; Take(Lines)) statements.Add(ReadStatement());
        return statements;
    }

    private Statement ReadStatement() {
        Match target = Take($"{Name}{Blank}=(?!=){Blank}");
        Value? input = Sees(@"['""$]|-?\.?\d") ? ReadList(argument: false) : null;
        List<Call> calls = input is null ? [ReadCall()] : [];
        while (Take($@"{Space}\|(?!\|){Space}").Success) calls.Add(ReadCall());
        Take(Blank);
        return Sees(@"[\n;]|\z") ? new Statement(target.Success ? target.Groups["name"].Value : null, input, calls) : throw NeedsPowerShell();
    }

    private Call ReadCall() {
        (int line, int column) = Place(_at);
        if (Sees($"(?:{string.Join('|', Keywords)}){End}")) throw NeedsPowerShell();
        Match name = Take($"[a-z](?:(?!{Separator}).)*");
        List<CallArgument> arguments = [];
        for (Take(Blank); name.Success && !Sees(@"[\n;|]|\z"); Take(Blank)) arguments.Add(ReadArgument());
        return name.Success ? new Call(name.Value, arguments, new ScriptPlace(file, line, column)) : throw NeedsPowerShell();
    }

    private CallArgument ReadArgument() {
        Match name = Take($"-(?<name>[a-z_](?:(?!:|{Separator}).)*)(?<colon>:{Blank})?");
        return new CallArgument(name.Success ? name.Groups["name"].Value : null, !name.Success || name.Groups["colon"].Success ? ReadList(argument: true) : null);
    }

    private Value ReadList(bool argument) {
        List<Value> items = [ReadValue(argument)];
        while (Take($"{Blank},{Space}").Success) items.Add(ReadValue(argument));
        return items.Count == 1 ? items[0] : Value.Many(items);
    }

    private Value ReadValue(bool argument) {
        if (Take("'(?<text>(?:[^']|'')*)'") is { Success: true } single) return Value.Literal(single.Groups["text"].Value.Replace("''", "'", StringComparison.Ordinal));
        if (Take("\"(?<text>(?:[^\"`]|\"\"|`.)*)\"") is { Success: true } quoted) return Expand(quoted.Groups["text"].Value, _at - quoted.Groups["text"].Length - 1);
        if (Take($@"{Name}(?<path>(?:\.[a-z_]\w*)*){End}") is { Success: true } variable) {
            return Value.Variable(variable.Groups["name"].Value, variable.Groups["path"].Value.Split('.', StringSplitOptions.RemoveEmptyEntries));
        }
        Match word = Sees(@"[@\[]") ? Match.Empty : Take(argument ? $"(?:`.|(?!{Separator}).)+" : Number + End);
        return !word.Success ? throw NeedsPowerShell() : NumberOf(word.Value, argument) is { } number ? Value.Literal(number) : Expand(word.Value, _at - word.Length);
    }

    private Value Expand(string raw, int start) {
        List<Value> parts = [];
        foreach (Match part in Regex.Matches(raw, $"{Name}|`(?<escaped>.)|\"\"|(?<code>\\$[({{])|.", Options)) {
            if (part.Groups["code"].Success) throw Fail(start + part.Index, $"'{part.Value}' needs PowerShell; this host puts only variables into text");
            parts.Add(part.Groups["name"].Success ? Value.Variable(part.Groups["name"].Value, []) : Value.Literal(part.Value == "\"\"" ? "\"" : part.Groups["escaped"].Value switch {
                "" => part.Value, "n" => "\n", "t" => "\t", "r" => "\r", "0" => "\0", "e" => "\u001b", "a" => "\a", "b" => "\b", var c => c,
            }));
        }
        return Value.Text(parts);
    }

    // As an argument a number keeps its spelling, for a parameter that wants a string; a negative one is a word.
    private static object? NumberOf(string word, bool argument) {
        Match match = Regex.Match(word, $@"^{Number}\z", Options);
        if (!match.Success || (argument && word[0] == '-')) return null;
        string digits = match.Groups["digits"].Value, kind = match.Groups["kind"].Value.ToUpperInvariant();
        bool hex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase), real = !hex && kind != "D" && digits.AsSpan().ContainsAny(".eE");
        decimal scale = (match.Groups["sign"].Length > 0 ? -1 : 1) * (match.Groups["scale"].Length == 0 ? 1 : 1L << (10 * ("KMGTP".IndexOf(char.ToUpperInvariant(match.Groups["scale"].Value[0])) + 1)));
        decimal whole = hex ? Convert.ToInt64(digits, 16) * scale : real ? 0 : decimal.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture) * scale;
        object number = real ? double.Parse(digits, CultureInfo.InvariantCulture) * (double)scale : kind == "D" ? whole
            : kind == "L" || whole is > int.MaxValue or < int.MinValue ? (object)(long)whole : (int)whole;
        return argument && Conversion.Text(number) != word ? new PSObject(number) { TokenText = word } : number;
    }

    private Match Take(string pattern) {
        Match match = Regex.Match(text[_at..], $@"\A(?:{pattern})", Options);
        _at += match.Length;
        return match;
    }

    private bool Sees(string pattern) => Regex.IsMatch(text[_at..], $@"\A(?:{pattern})", Options);
    private (int Line, int Column) Place(int at) => (text.AsSpan(0, at).Count('\n') + 1, at - (at == 0 ? -1 : text.LastIndexOf('\n', at - 1)));
    private ScriptException NeedsPowerShell() => Fail(_at, Sees("['\"]") ? "the string has no end"
        : $"'{Regex.Match(text[_at..], @"\A(?:\w+|[^\n])?").Value}' needs PowerShell; this host runs commands with literal arguments only");
    private ScriptException Fail(int at, string message) {
        (int line, int column) = Place(at);
        return new ScriptException(message, line, column);
    }
}
