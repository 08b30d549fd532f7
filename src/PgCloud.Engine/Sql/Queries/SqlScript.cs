// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Queries;

/// <summary>
///   The user's text as Npgsql will take it apart: where its statements begin and where it names parameters, outside of literals, quoted
///   names and comments.
/// </summary>
internal sealed class SqlScript
{
    private readonly string _text;
    private readonly List<int> _statements = [];
    private readonly List<ParameterPlace> _parameters = [];
    private readonly List<List<string>>? _words;
    private int _place;

    /// <param name="text">The text.</param>
    /// <param name="withWords">Whether <see cref="Words"/> are wanted.</param>
    internal SqlScript(string text, bool withWords = false)
    {
        _text = text;
        _words = withWords ? [[]] : null;
        Scan();
    }

    /// <summary>The words of each statement, in capitals: key words and names that are not quoted.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Words => _words ?? [];

    /// <summary>Where the text names parameters.</summary>
    internal IReadOnlyList<ParameterPlace> Parameters => _parameters;

    /// <summary>Where in the text it is that the server means.</summary>
    /// <param name="statement">Which statement, from 0 on.</param>
    /// <param name="position">Which character of it, from 1 on, once the parameters that were sent stood in it as $1, $2 and so on.</param>
    /// <param name="isSent">Whether a parameter was sent.</param>
    internal int Locate(int statement, int position, Func<string, bool> isSent)
    {
        int place = statement < _statements.Count ? _statements[statement] : _text.Length;
        var indexes = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int left = position - 1; left > 0 && place < _text.Length;)
        {
            if (_parameters.Find(p => p.Place == place) is { } parameter && isSent(parameter.Name))
            {
                indexes.TryAdd(parameter.Name, indexes.Count + 1);
                int width = 1 + indexes[parameter.Name].ToString(null, null).Length;
                if (left < width)
                {
                    break;
                }

                left -= width;
                place += 1 + parameter.Name.Length;
            }
            else
            {
                // The server counts a pair of surrogates as the one character it is.
                place += char.IsHighSurrogate(_text[place]) ? 2 : 1;
                left--;
            }
        }

        return Math.Min(place, _text.Length);
    }

    private void Scan()
    {
        int parentheses = 0;
        _statements.Add(0);
        while (_place < _text.Length)
        {
            char c = _text[_place];
            switch (c)
            {
                case '\'':
                    SkipLiteral();
                    continue;
                case '"':
                    SkipPast("\"", _place + 1);
                    continue;
                case '-' when Next == '-':
                    SkipPast("\n", _place);
                    continue;
                case '/' when Next == '*':
                    SkipComment();
                    continue;
                case '$' when !IsNameCharacter(Previous):
                    SkipDollarQuoted();
                    continue;
                case '@' when Previous != '@' && (char.IsLetter(Next) || Next == '_'):
                    AddParameter();
                    continue;
                case ';' when parentheses == 0:
                    AddStatement();
                    continue;
                case '(':
                    parentheses++;
                    break;
                case ')':
                    parentheses--;
                    break;
                case >= 'A' and <= 'Z' or >= 'a' and <= 'z' when _words is not null && !IsNameCharacter(Previous) && Previous is not ('_' or '@' or ':'):
                    AddWord();
                    continue;
            }

            _place++;
        }
    }

    private char Previous => _place > 0 ? _text[_place - 1] : '\0';

    private char Next => _place + 1 < _text.Length ? _text[_place + 1] : '\0';

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '_' or '.';

    private void SkipPast(string end, int from)
    {
        int found = from < _text.Length ? _text.IndexOf(end, from, StringComparison.Ordinal) : -1;
        _place = found < 0 ? _text.Length : found + end.Length;
    }

    private void SkipLiteral()
    {
        bool hasEscapes = Previous is 'e' or 'E' && (_place < 2 || !IsNameCharacter(_text[_place - 2]));
        for (_place++; _place < _text.Length && _text[_place] != '\''; _place++)
        {
            if (hasEscapes && _text[_place] == '\\')
            {
                _place++;
            }
        }

        _place++;
    }

    private void SkipComment()
    {
        int depth = 0;
        for (; _place < _text.Length; _place++)
        {
            if (_text[_place] == '/' && Next == '*')
            {
                depth++;
                _place++;
            }
            else if (_text[_place] == '*' && Next == '/')
            {
                _place++;
                if (--depth == 0)
                {
                    _place++;
                    return;
                }
            }
        }
    }

    private void SkipDollarQuoted()
    {
        int end = _place + 1;
        while (end < _text.Length && (char.IsLetterOrDigit(_text[end]) || _text[end] == '_'))
        {
            end++;
        }

        // $1 is not the beginning of a literal, and neither is a dollar that stands alone.
        if (end < _text.Length && _text[end] == '$' && !char.IsAsciiDigit(Next))
        {
            SkipPast(_text[_place..(end + 1)], end + 1);
        }
        else
        {
            _place = end;
        }
    }

    private void AddParameter()
    {
        int begin = _place;
        // <@ is an operator.
        bool mayBeOperator = Previous == '<';
        for (_place++; _place < _text.Length && IsNameCharacter(_text[_place]); _place++)
        {
        }

        _parameters.Add(new ParameterPlace(begin, _text[(begin + 1).._place], mayBeOperator));
    }

    private void AddStatement()
    {
        for (_place++; _place < _text.Length && char.IsWhiteSpace(_text[_place]); _place++)
        {
        }

        _statements.Add(_place);
        _words?.Add([]);
    }

    private void AddWord()
    {
        int begin = _place;
        while (_place < _text.Length && (char.IsLetterOrDigit(_text[_place]) || _text[_place] == '_'))
        {
            _place++;
        }

        _words![^1].Add(_text[begin.._place].ToUpperInvariant());
    }

    /// <summary>A place where the text names a parameter.</summary>
    /// <param name="Place">Where its @ is.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="MayBeOperator">Whether the @ may as well be the end of an operator.</param>
    internal sealed record ParameterPlace(int Place, string Name, bool MayBeOperator);
}
