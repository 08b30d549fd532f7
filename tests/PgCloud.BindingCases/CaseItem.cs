// SPDX-License-Identifier: MIT
namespace PgCloud.BindingCases;

/// <summary>Something to pipe.</summary>
public class CaseItem
{
    /// <summary>A text.</summary>
    public string? Name { get; set; }

    /// <summary>A number.</summary>
    public int Count { get; set; }

    /// <summary>Some texts.</summary>
    public string[] Words { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"item:{Name}";
}

/// <summary>A class that text converts to, by constructor.</summary>
public sealed class FromConstructor(string text)
{
    /// <inheritdoc/>
    public override string ToString() => $"ctor({text})";
}

/// <summary>A class that text converts to, by Parse.</summary>
public sealed class FromParse
{
    private readonly string _text;

    private FromParse(string text) => _text = text;

    /// <summary>Makes one of text.</summary>
    public static FromParse Parse(string text) => text == "bad" ? throw new FormatException("bad text") : new FromParse(text);

    /// <inheritdoc/>
    public override string ToString() => $"parsed({_text})";
}

/// <summary>A class that an item converts to, by an implicit operator.</summary>
public sealed class FromItem
{
    private readonly string _text;

    private FromItem(string text) => _text = text;

    /// <summary>Makes one of an item.</summary>
    public static implicit operator FromItem(CaseItem item) => new($"cast({item?.Name})");

    /// <inheritdoc/>
    public override string ToString() => _text;
}

/// <summary>Colours, one at a time.</summary>
public enum Colour
{
    /// <summary>Red.</summary>
    Red,

    /// <summary>Green.</summary>
    Green,

    /// <summary>Grey.</summary>
    Grey,

    /// <summary>Blue.</summary>
    Blue,
}

/// <summary>Rights, several at a time.</summary>
[Flags]
public enum Rights
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Read.</summary>
    Read = 1,

    /// <summary>Write.</summary>
    Write = 2,

    /// <summary>Run.</summary>
    Run = 4,
}
