// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PgCloud.Hosting.Scripts;

/// <summary>Reads the few things this host knows of PowerShell's language; anything else is an error that says where.</summary>
internal sealed class ScriptParser(string text, string file) {
    private const string Separators = "|;,(){}&<>'\"";
    private static readonly string[] Keywords = ["if", "else", "foreach", "for", "while", "do", "switch", "function", "filter", "param", "try", "catch", "finally", "return",
        "throw", "trap", "exit", "break", "continue", "begin", "process", "end", "class", "enum", "using", "data"];
    private int _at;

    private char Now => _at < text.Length ? text[_at] : '\0';
    private char Next => _at + 1 < text.Length ? text[_at + 1] : '\0';
    private bool AtSeparator => _at >= text.Length || char.IsWhiteSpace(Now) || Separators.Contains(Now, StringComparison.Ordinal);

    internal List<Statement> Parse() {
        List<Statement> statements = [];
        for (Skip(lines: true); _at < text.Length; Skip(lines: true)) statements.Add(ReadStatement());
        return statements;
    }

    private Statement ReadStatement() {
        int start = _at;
        string? target = null;
        if (Now == '$' && ReadName() is { } name) {
            Skip();
            (target, _at) = Now == '=' && Next != '=' ? (name, _at + 1) : (null, start);
            Skip();
        }

        List<Value> input = Now is '\'' or '"' or '$' || StartsNumber() ? [ReadList(argument: false)] : [];
        List<Call> calls = [];
        if (input.Count == 0) calls.Add(ReadCall());
        for (Skip(); Now == '|' || PipeFollows(); Skip()) {
            _at++;
            Skip(lines: true);
            calls.Add(ReadCall());
        }

        return _at >= text.Length || Now is '\n' or ';' ? new Statement(target, input, calls) : throw NeedsPowerShell();
    }

    // A line may begin with the pipe that continues the one before it.
    private bool PipeFollows() {
        int before = _at;
        if (Now == '\n') Skip(lines: true);
        if (Now == '|') return true;
        _at = before;
        return false;
    }

    private Call ReadCall() {
        (int line, int column) = Place(_at);
        int start = _at;
        if (!char.IsLetter(Now)) throw NeedsPowerShell();
        while (!AtSeparator) _at++;
        string name = text[start.._at];
        if (Keywords.Contains(name, StringComparer.OrdinalIgnoreCase)) throw NeedsPowerShell(start, name);
        List<CallArgument> arguments = [];
        for (Skip(); _at < text.Length && Now is not ('\n' or ';' or '|'); Skip()) arguments.Add(ReadArgument());
        return new Call(name, arguments, new ScriptPlace(file, line, column));
    }

    private CallArgument ReadArgument() {
        if (Now != '-' || !(char.IsLetter(Next) || Next == '_')) return new CallArgument(null, ReadList(argument: true));
        int start = ++_at;
        while (!AtSeparator && Now != ':') _at++;
        string name = text[start.._at];
        if (Now != ':') return new CallArgument(name, null);
        _at++;
        Skip();
        return new CallArgument(name, ReadList(argument: true));
    }

    private Value ReadList(bool argument) {
        List<Value> items = [ReadValue(argument)];
        int end = _at;
        for (Skip(); Now == ','; Skip()) {
            _at++;
            Skip(lines: true);
            items.Add(ReadValue(argument));
            end = _at;
        }

        _at = end;
        return items.Count == 1 ? items[0]
            : new Value.Many([.. items.Select(i => i is Value.Literal { Content: PSObject number } ? new Value.Literal(number.BaseObject) : i)]);
    }

    private Value ReadValue(bool argument) {
        if (Now == '\'') return new Value.Literal(ReadSingleQuoted());
        if (Now == '"') return ReadExpandable(quoted: true);
        int start = _at;
        if (Now == '$' && ReadName() is { } name) {
            List<string> path = [];
            while (Now == '.' && (char.IsLetter(Next) || Next == '_')) path.Add(ReadWord(1));
            if (AtSeparator) return new Value.Variable(name, path);
            _at = start;
        }

        if (!argument && !StartsNumber()) throw NeedsPowerShell();
        if (AtSeparator || Now is '@' or '[' || (Now == '$' && Next is '(' or '{' or '@')) throw NeedsPowerShell();
        Value word = ReadExpandable(quoted: false);
        return word is Value.Text { Parts: [Value.Literal { Content: string plain }] } ? new Value.Literal(NumberOr(plain, argument)) : word;
    }

    private bool StartsNumber() => char.IsDigit(Now) || (Now is '-' or '.' && char.IsDigit(Next));

    private string ReadWord(int skip) {
        int start = _at += skip;
        while (char.IsLetterOrDigit(Now) || Now == '_') _at++;
        return text[start.._at];
    }

    private string? ReadName() {
        if (!char.IsLetter(Next) && Next != '_') return null;
        string name = ReadWord(1);
        return Now == ':' && name.Equals("env", StringComparison.OrdinalIgnoreCase) ? "env:" + ReadWord(1) : name;
    }

    private string ReadSingleQuoted() {
        StringBuilder read = new();
        int start = _at++;
        for (; Now != '\'' || Next == '\''; _at++) {
            if (_at >= text.Length) throw Fail(start, "the string has no end");
            if (Now == '\'') _at++;
            read.Append(Now);
        }

        _at++;
        return read.ToString();
    }

    private Value.Text ReadExpandable(bool quoted) {
        List<Value> parts = [];
        StringBuilder plain = new();
        int start = _at;
        for (_at += quoted ? 1 : 0; quoted ? Now != '"' || Next == '"' : !AtSeparator; _at++) {
            if (_at >= text.Length) throw Fail(start, "the string has no end");
            int before = _at;
            if (Now == '$' && Next is '(' or '{') throw NeedsPowerShell();
            if (Now == '$' && ReadName() is { } name) {
                parts.AddRange([new Value.Literal(plain.ToString()), new Value.Variable(name, [])]);
                plain.Clear();
                _at--;
                continue;
            }

            _at = before + (Now == '`' || (quoted && Now == '"') ? 1 : 0);
            plain.Append(text[before] != '`' ? Now : Now switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', 'e' => '\u001b', 'a' => '\a', 'b' => '\b', var c => c });
        }

        _at += quoted ? 1 : 0;
        if (plain.Length > 0 || parts.Count == 0) parts.Add(new Value.Literal(plain.ToString()));
        return new Value.Text([.. parts.Where(p => p is not Value.Literal { Content: "" } || parts.Count == 1)]);
    }

    // As an argument a number keeps its spelling, for a parameter that wants a string.
    private static object NumberOr(string word, bool keepText) {
        Match match = Regex.Match(word, @"^(-?)(0x[0-9a-f]+|\d*\.?\d+(?:e[+-]?\d+)?|\d+\.)(l|d)?([kmgtp]b)?$", RegexOptions.IgnoreCase);
        if (!match.Success || (keepText && word[0] == '-')) return word;
        string digits = match.Groups[2].Value, suffix = match.Groups[3].Value.ToUpperInvariant();
        bool hex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase), real = !hex && digits.AsSpan().ContainsAny(".eE");
        long scale = match.Groups[4].Length == 0 ? 1 : 1L << (10 * ("KMGTP".IndexOf(char.ToUpperInvariant(match.Groups[4].Value[0])) + 1));
        decimal whole = hex ? Convert.ToInt64(digits, 16) : real && suffix != "D" ? 0 : decimal.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        decimal value = (match.Groups[1].Length > 0 ? -1 : 1) * whole * scale;
        object number = suffix == "D" ? (object)value
            : real ? (object)((match.Groups[1].Length > 0 ? -1 : 1) * double.Parse(digits, CultureInfo.InvariantCulture) * scale)
            : suffix == "L" || value is > int.MaxValue or < int.MinValue ? (object)(long)value : (int)value;
        return keepText && Conversion.Text(number) != word ? new PSObject(number) { TokenText = word } : number;
    }

    private void Skip(bool lines = false) {
        while (_at < text.Length) {
            int comment = Now == '<' && Next == '#' ? text.IndexOf("#>", _at, StringComparison.Ordinal) + 2 : Now == '#' ? text.IndexOf('\n', _at) : 0;
            if (Now == '#') _at = comment < 0 ? text.Length : comment;
            else if (comment > 1) _at = comment;
            else if (Now == '`' && Regex.Match(text[_at..Math.Min(_at + 3, text.Length)], @"^`\r?\n") is { Success: true } continued) _at += continued.Length;
            else if (Now is ' ' or '\t' or '\r' || (lines && Now is '\n' or ';')) _at++;
            else break;
        }
    }

    private (int Line, int Column) Place(int at) => (text.AsSpan(0, at).Count('\n') + 1, at - (at == 0 ? -1 : text.LastIndexOf('\n', at - 1)));
    private ScriptException NeedsPowerShell(int at = -1, string? what = null) =>
        Fail(at < 0 ? _at : at, $"'{what ?? (Now == '\n' ? "end of line" : Now.ToString())}' needs PowerShell; this host runs commands with literal arguments only");

    private ScriptException Fail(int at, string message) {
        (int line, int column) = Place(at);
        return new ScriptException(message, line, column);
    }
}
