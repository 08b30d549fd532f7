// SPDX-License-Identifier: MIT
using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace PgCloud.Hosting.Binding;

/// <summary>Makes a value of another type, trying the ways PowerShell tries in PowerShell's order.</summary>
internal static class Conversion {
    private const BindingFlags Static = BindingFlags.Public | BindingFlags.Static;

    internal static bool IsNumber(Type type) => !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;

    /// <exception cref="PSInvalidCastException">There is no way.</exception>
    internal static object? To(object? value, Type type, IFormatProvider? provider = null) {
        provider ??= CultureInfo.InvariantCulture;
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null) {
            return type == typeof(string) ? "" : type == typeof(bool) ? false : type == typeof(SwitchParameter) ? default(SwitchParameter)
                : type == typeof(char) ? '\0' : IsNumber(type) ? Activator.CreateInstance(type)
                : !type.IsValueType || bare != type ? null : throw Refuse("null", type, null);
        }

        if (type == typeof(PSObject)) {
            return PSObject.AsPSObject(value);
        }

        if (type.IsInstanceOfType(value)) {
            return value;
        }

        object from = PSObject.Base(value)!;
        if (bare.IsInstanceOfType(from)) {
            return from;
        }

        try {
            return bare == typeof(string) ? Text(value)
                : bare == typeof(bool) ? LanguagePrimitives.IsTrue(from)
                : bare == typeof(SwitchParameter) ? new SwitchParameter(LanguagePrimitives.IsTrue(from))
                : bare.IsArray ? ToArray(from, bare.GetElementType()!, provider)
                : bare.IsEnum ? ToEnum(from, bare)
                : Number(from, bare) ?? Parse(from, bare) ?? Construct(from, bare) ?? Cast(from, bare)
                    ?? (IsNumber(from.GetType()) ? Parse(Text(value), bare) ?? Construct(Text(value), bare) : null)
                    ?? (from is IConvertible && bare.IsPrimitive ? Convert.ChangeType(from, bare, provider) : null)
                    ?? throw Refuse(Text(value), type, null);
        }
        catch (Exception e) when (e is not PSInvalidCastException) {
            Exception cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            throw Refuse(Text(value), type, cause);
        }
    }

    internal static string Text(object? value) => value is PSObject wrapped ? wrapped.ToString()
        : value is null ? "" : PSObject.AsPSObject(value).ToString(null, CultureInfo.InvariantCulture);

    private static PSInvalidCastException Refuse(string value, Type type, Exception? cause) => new(cause is null
        ? $"Cannot convert {(value == "null" ? "null" : $"the \"{value}\" value")} to type \"{type}\"."
        : $"Cannot convert value \"{value}\" to type \"{type}\". Error: \"{cause.Message}\"", cause);

    private static Array ToArray(object from, Type element, IFormatProvider provider) {
        object?[] items = from is string text && element == typeof(char) ? [.. text.Cast<object?>()]
            : LanguagePrimitives.GetEnumerable(from) is { } many ? [.. many.Cast<object?>()] : [from];
        Array array = Array.CreateInstance(element, items.Length);
        for (int i = 0; i < items.Length; i++) {
            array.SetValue(To(items[i], element, provider), i);
        }

        return array;
    }

    // Names in any case, several with commas, a prefix if it is unambiguous, numbers if they stand for something.
    private static object ToEnum(object from, Type type) {
        string[] names = Enum.GetNames(type);
        string[] given = (LanguagePrimitives.GetEnumerable(from) is { } many ? string.Join(",", many.Cast<object?>().Select(Text)) : Text(from)).Split(',');
        ulong value = 0;
        bool flags = type.IsDefined(typeof(FlagsAttribute), false), refused = false;
        foreach (string word in given.Select(w => w.Trim())) {
            string[] found = names.Contains(word, StringComparer.OrdinalIgnoreCase) ? [word]
                : [.. names.Where(n => word.Length > 0 && n.StartsWith(word, StringComparison.OrdinalIgnoreCase))];
            bool number = long.TryParse(word, CultureInfo.InvariantCulture, out long parsed);
            ulong all = names.Aggregate(0UL, (bits, n) => bits | Bits(Enum.Parse(type, n)));
            bool known = number && (flags ? ((ulong)parsed & ~all) == 0 : Enum.IsDefined(type, Enum.ToObject(type, parsed)));
            refused |= found.Length != 1 && !known;
            value |= found.Length == 1 ? Bits(Enum.Parse(type, found[0], true)) : (ulong)parsed;
        }

        object made = Enum.ToObject(type, value);
        return !refused && (flags || Enum.IsDefined(type, made)) ? made
            : throw new PSInvalidCastException($"Cannot convert value \"{Text(from)}\" to type \"{type}\" due to enumeration values that are not valid. " +
                $"Specify one of the following enumeration values and try again. The possible enumeration values are \"{string.Join(",", names)}\".");
    }

    private static ulong Bits(object value) => unchecked((ulong)Convert.ToInt64(value, CultureInfo.InvariantCulture));

    private static object? Number(object from, Type type) {
        if (!IsNumber(type)) {
            return type == typeof(char) && from is string { Length: 1 } one ? one[0] : type == typeof(char) && IsNumber(from.GetType()) ? (char)Convert.ToInt32(from, CultureInfo.InvariantCulture) : null;
        }

        if (from is string text) {
            text = text.Trim();
            from = text.Length == 0 ? 0
                : text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? Convert.ToInt64(text, 16)
                : type == typeof(double) || type == typeof(float) ? double.Parse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
                : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        return from is IConvertible ? Convert.ChangeType(from is Enum ? Convert.ToInt64(from, CultureInfo.InvariantCulture) : from, type, CultureInfo.InvariantCulture) : null;
    }

    private static object? Parse(object from, Type type) {
        if (from is not string text) {
            return null;
        }

        if (type == typeof(Type)) {
            return Type.GetType(text, false, true) ?? Type.GetType("System." + text, false, true);
        }

        if (type.IsDefined(typeof(TypeConverterAttribute), false) && TypeDescriptor.GetConverter(type) is var converter && converter.CanConvertFrom(typeof(string))) {
            return converter.ConvertFromInvariantString(text);
        }

        if (type == typeof(Uri)) return new Uri(text, UriKind.RelativeOrAbsolute);
        return type.GetMethod("Parse", Static, [typeof(string), typeof(IFormatProvider)]) is { } withCulture
            ? withCulture.Invoke(null, [text, CultureInfo.InvariantCulture])
            : type.GetMethod("Parse", Static, [typeof(string)])?.Invoke(null, [text]);
    }

    private static object? Construct(object from, Type type) => type.IsAbstract ? null
        : type.GetConstructor([from.GetType()])?.Invoke([from])
        ?? (LanguagePrimitives.GetEnumerable(from) is not null && type.GetConstructor([typeof(object[])]) is { } many ? many.Invoke([((IEnumerable)from).Cast<object>().ToArray()]) : null)
        ?? (type.GetConstructor([]) is not { } bare ? null
            : from is IDictionary map ? Fill(PSObject.AsPSObject(bare.Invoke([])), map.Keys.Cast<object>().Select(k => (Text(k), map[k])))
            : from is PSObject made ? Fill(PSObject.AsPSObject(bare.Invoke([])), made.Properties.Select(p => (p.Name, p.Value))) : null);

    private static object Fill(PSObject made, IEnumerable<(string Name, object? Value)> members) {
        foreach ((string name, object? value) in members) {
            (made.Properties[name] ?? throw new PSInvalidCastException($"There is no property {name} on {made.BaseObject.GetType()}.")).Value = value;
        }

        return made.BaseObject;
    }

    private static object? Cast(object from, Type type) => new[] { from.GetType(), type }.SelectMany(t => t.GetMethods(Static | BindingFlags.FlattenHierarchy))
        .FirstOrDefault(m => m.Name is "op_Implicit" or "op_Explicit" && type.IsAssignableFrom(m.ReturnType) && m.GetParameters()[0].ParameterType.IsInstanceOfType(from))
        ?.Invoke(null, [from]);
}
