// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Configuration;

/// <summary>The API's <c>capabilities.advancedConfiguration.Property</c>: a parameter and what it may be.</summary>
internal sealed record OvhParameter
{
    public string Name { get; init; } = string.Empty;

    public string? Description { get; init; }

    public OvhEnum<OvhParameterType> Type { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>The value that a text of the API stands for; a text that is none of the type's is itself.</summary>
    internal object Read(string text) => Type.Known switch
    {
        OvhParameterType.Boolean when bool.TryParse(text, out bool flag) => flag,
        OvhParameterType.Long when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
        OvhParameterType.Double when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => text,
    };

    /// <summary>A value that is allowed, as the API writes it: "values are strings even for numbers and booleans".</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Configuration.ValueInvalid</c>.</exception>
    internal string Write(object value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture)!.Trim();
        return Read(text) switch
        {
            bool flag => flag ? "true" : "false",
            long number when IsWithin(number) => number.ToString(CultureInfo.InvariantCulture),
            double number when double.IsFinite(number) && IsWithin(number) => number.ToString("R", CultureInfo.InvariantCulture),
            string when Type.Known is null => text,
            string when Type.Known == OvhParameterType.String && text.Length > 0 && FindValue(text) is { } found => found,
            _ => throw PgErrors.ConfigurationValueInvalid(Name, value, Allowed()),
        };
    }

    /// <summary>The parameter for people.</summary>
    /// <param name="text">The API's text, where it is set.</param>
    /// <param name="instance">Whose it is.</param>
    internal PgConfiguration Describe(string? text, PgInstance instance) => new()
    {
        Name = Name,
        Value = text is null ? null : Read(text),
        Type = Type.Readable,
        Minimum = Minimum,
        Maximum = Maximum,
        AllowedValue = Values ?? [],
        Description = Description ?? string.Empty,
        IsSet = text is not null,
        Instance = instance,
    };

    private string? FindValue(string text) => Values is { Count: > 0 } values
        ? values.FirstOrDefault(v => v == text) ?? values.FirstOrDefault(v => string.Equals(v, text, StringComparison.OrdinalIgnoreCase))
        : text;

    private bool IsWithin(double number) => !(number < Minimum) && !(number > Maximum);

    private string Allowed() => Type.Known switch
    {
        OvhParameterType.Boolean => "true or false",
        OvhParameterType.Long => $"a whole number{Bounds()}",
        OvhParameterType.Double => $"a number{Bounds()}",
        _ => Values is { Count: > 0 } values ? $"one of {string.Join(", ", values)}" : "a text that is not empty",
    };

    private string Bounds() => (Minimum, Maximum) switch
    {
        ({ } least, { } most) => FormattableString.Invariant($" from {least} to {most}"),
        ({ } least, null) => FormattableString.Invariant($" from {least} on"),
        (null, { } most) => FormattableString.Invariant($" of at most {most}"),
        _ => string.Empty,
    };
}

/// <summary>The API's <c>capabilities.advancedConfiguration.property.TypeEnum</c>.</summary>
internal enum OvhParameterType
{
    Boolean,
    Double,
    Long,
    String,
}
