// SPDX-License-Identifier: MIT

using System.Text;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>Reads arrays as PostgreSQL writes them: <c>{1,NULL,"a \"quoted\" one"}</c>, nested for each dimension.</summary>
internal static class TextArray
{
    /// <summary>How arrays of an element type are read.</summary>
    /// <param name="elementOid">The element type; 0 for text.</param>
    internal static Func<string, object?> Parser(uint elementOid)
    {
        Func<string, object?>? parse = elementOid == 0 ? null : TextValues.ParserFor(elementOid);
        return text =>
        {
            // Bounds other than 1 stand before an equals sign: [0:2]={…}.
            int place = text.StartsWith('[') ? text.IndexOf('=', StringComparison.Ordinal) + 1 : 0;
            return place < text.Length && text[place] == '{' ? Level(text, ref place, parse) : text;
        };
    }

    private static Array Level(string text, ref int place, Func<string, object?>? parse)
    {
        var elements = new List<object?>();
        place++;
        while (place < text.Length && text[place] != '}')
        {
            if (text[place] == ',')
            {
                place++;
            }
            else if (text[place] == '{')
            {
                elements.Add(Level(text, ref place, parse));
            }
            else
            {
                elements.Add(Element(text, ref place, parse));
            }
        }

        place++;
        return Typed(elements);
    }

    private static object? Element(string text, ref int place, Func<string, object?>? parse)
    {
        string element;
        if (text[place] == '"')
        {
            var unquoted = new StringBuilder();
            for (place++; place < text.Length && text[place] != '"'; place++)
            {
                if (text[place] == '\\')
                {
                    place++;
                }

                unquoted.Append(text[place]);
            }

            place++;
            element = unquoted.ToString();
        }
        else
        {
            int end = text.AsSpan(place).IndexOfAny(',', '}');
            element = end < 0 ? text[place..] : text.Substring(place, end);
            place += element.Length;
            if (element == "NULL")
            {
                return null;
            }
        }

        return parse is null ? element : parse(element);
    }

    /// <summary>An array of the elements' own type, where they have one in common; NULL among numbers makes it an array of objects.</summary>
    private static Array Typed(List<object?> elements)
    {
        Type? common = null;
        foreach (object? element in elements)
        {
            if (element is null)
            {
                common = common is null || !common.IsValueType ? common : typeof(object);
            }
            else if (common is null)
            {
                common = element.GetType();
            }
            else if (common != element.GetType())
            {
                common = typeof(object);
            }
        }

        if (common is null || (common.IsValueType && elements.Contains(null)))
        {
            common = typeof(object);
        }

        Array array = Array.CreateInstance(common, elements.Count);
        for (int i = 0; i < elements.Count; i++)
        {
            array.SetValue(elements[i], i);
        }

        return array;
    }
}
