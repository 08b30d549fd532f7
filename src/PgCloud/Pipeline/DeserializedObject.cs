// SPDX-License-Identifier: MIT

using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace PgCloud.Pipeline;

/// <summary>
///   An object of the module that came back from a job, another machine or a file (CliXml): what is left of it are properties, and its type's
///   name behind "Deserialized.". It is made again of them. What does not travel is missing: the session, and passwords outside a PSCredential.
/// </summary>
internal static class DeserializedObject
{
    private const string Prefix = "Deserialized.";

    // Their text is what PostgreSQL reads, wherever it was made.
    private static readonly string?[] TextForms =
        [typeof(PgRange).FullName, typeof(PgInterval).FullName, typeof(System.Numerics.BigInteger).FullName, typeof(System.Net.IPNetwork).FullName];

    /// <summary>The object again; the value as it is where it is none of the module's.</summary>
    internal static object? Revive(object? value) => TypeOf(value) is { } type ? Make(type, (PSObject)value!) ?? value : value;

    /// <summary>The type of the object that was; <see langword="null"/> where it is none of the module's.</summary>
    internal static Type? TypeOf(object? value)
    {
        if (value is not PSObject { TypeNames: [{ } name, ..] } || !name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        Type? type = typeof(PgInstance).Assembly.GetType(name[Prefix.Length..]);
        return type is { IsPublic: true, IsClass: true, IsAbstract: false, Namespace: nameof(PgCloud) } && type.GetConstructor([]) is not null ? type : null;
    }

    /// <summary>A moment that travelled: CliXml has a form for DateTime only.</summary>
    internal static DateTimeOffset? Moment(object? value) => value switch
    {
        PSObject { BaseObject: DateTimeOffset moment } => moment,
        DateTimeOffset moment => moment,
        PSObject travelled when travelled.TypeNames.Contains(Prefix + typeof(DateTimeOffset).FullName)
            && Bare(travelled.Properties[nameof(DateTimeOffset.UtcTicks)]?.Value) is long ticks => new DateTimeOffset(ticks, TimeSpan.Zero),
        _ => null,
    };

    /// <summary>
    ///   A value of a row that travelled: the date, time or moment again, and of what has one form as a text, that text; the value as it is where
    ///   it is none of these.
    /// </summary>
    internal static object? Value(object? value)
    {
        if (value is not PSObject { BaseObject: PSCustomObject, TypeNames: [{ } name, ..] } travelled || !name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return value;
        }

        string type = name[Prefix.Length..];
        return type == typeof(DateOnly).FullName && Bare(travelled.Properties[nameof(DateOnly.DayNumber)]?.Value) is int day ? DateOnly.FromDayNumber(day)
            : type == typeof(TimeOnly).FullName && Bare(travelled.Properties[nameof(TimeOnly.Ticks)]?.Value) is long ticks ? new TimeOnly(ticks)
            : TextForms.Contains(type) ? travelled.ToString()
            : Moment(value) is { } moment ? moment
            : value;
    }

    private static object? Make(Type type, PSObject source)
    {
        object made = Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in type.GetProperties())
        {
            if (property.GetSetMethod(nonPublic: true) is null)
            {
                continue;
            }

            object? value = Convert(source.Properties[property.Name]?.Value, property.PropertyType);
            if (value is not null)
            {
                property.SetValue(made, value);
            }
            else if (property.GetCustomAttribute<RequiredMemberAttribute>() is not null)
            {
                return null;
            }
        }

        return made;
    }

    private static object? Convert(object? value, Type wanted)
    {
        Type type = Nullable.GetUnderlyingType(wanted) ?? wanted;
        value = Bare(Revive(value));
        if (value is null || type.IsInstanceOfType(value))
        {
            return value;
        }

        if (type == typeof(DateTimeOffset))
        {
            return Moment(value);
        }

        Type? form = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (form == typeof(IReadOnlyList<>) && value is IEnumerable list and not string)
        {
            Type element = type.GenericTypeArguments[0];
            object[] elements = [.. list.Cast<object?>().Select(e => Convert(e, element)).OfType<object>()];
            var typed = Array.CreateInstance(element, elements.Length);
            elements.CopyTo(typed, 0);
            return typed;
        }

        if (form == typeof(IReadOnlyDictionary<,>) && value is IDictionary entries)
        {
            var typed = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(type.GenericTypeArguments))!;
            foreach (DictionaryEntry entry in entries)
            {
                typed[entry.Key.ToString()!] = Convert(entry.Value, type.GenericTypeArguments[1]);
            }

            return typed;
        }

        // Where CliXml was too shallow there is a text in the place of an object of ours, of which none can be made.
        return LanguagePrimitives.TryConvertTo(value, type, CultureInfo.InvariantCulture, out object? converted) ? converted : null;
    }

    private static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
