// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Sql.Queries;

/// <summary>Reads arrays as PostgreSQL writes them: <c>{1,NULL,"a \"quoted\" one"}</c>, nested for each dimension.</summary>
internal static class TextArrays
{
    /// <summary>How arrays of an element type are read.</summary>
    internal static TextParser<Array> Parser(ColumnType element) => (ReadOnlySpan<byte> text, out Array array) =>
    {
        // Bounds other than 1 stand before an equals sign: [0:2]={…}.
        int place = text is [(byte)'[', ..] ? text.IndexOf((byte)'=') + 1 : 0;
        bool isArray = place < text.Length && text[place] == '{';
        array = isArray ? Level(text, ref place, element) : Array.Empty<object>();
        return isArray;
    };

    private static Array Level(ReadOnlySpan<byte> text, ref int place, ColumnType element)
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
                elements.Add(Level(text, ref place, element));
            }
            else
            {
                elements.Add(Element(text, ref place, element));
            }
        }

        place++;
        return Typed(elements);
    }

    private static object? Element(ReadOnlySpan<byte> text, ref int place, ColumnType element)
    {
        if (text[place] != '"')
        {
            int length = text[place..].IndexOfAny((byte)',', (byte)'}');
            ReadOnlySpan<byte> word = length < 0 ? text[place..] : text.Slice(place, length);
            place += word.Length;
            return word.SequenceEqual("NULL"u8) ? null : element.Parse(word);
        }

        var unquoted = new List<byte>();
        for (place++; place < text.Length && text[place] != '"'; place++)
        {
            if (text[place] == '\\')
            {
                place++;
            }

            unquoted.Add(text[place]);
        }

        place++;
        return element.Parse(unquoted.ToArray());
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
