// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Binding;
/// <summary>Makes a value of another type, trying the ways PowerShell tries in PowerShell's order.</summary>
internal static class Conversion {
    private const BindingFlags Static = BindingFlags.Public | BindingFlags.Static;
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    internal static bool IsNumber(Type type) => !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;
    internal static string Text(object? value) => value is null ? "" : PSObject.AsPSObject(value).ToString();
    /// <exception cref="PSInvalidCastException">There is no way.</exception>
    internal static object? To(object? value, Type type, IFormatProvider? provider = null) {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null) {
            return type == typeof(string) ? "" : type == typeof(bool) || type == typeof(SwitchParameter) || type == typeof(char) || IsNumber(type) ? Activator.CreateInstance(type)
                : !type.IsValueType || bare != type ? null : throw new PSInvalidCastException($"Cannot convert null to type \"{type}\".");
        }
        if (type == typeof(PSObject)) return PSObject.AsPSObject(value);
        if (type.IsInstanceOfType(value)) return value;
        object from = PSObject.Base(value)!;
        if (bare.IsInstanceOfType(from)) return from;
        Exception? cause = null;
        try {
            object? made = bare == typeof(string) ? Text(value)
                : bare == typeof(bool) ? LanguagePrimitives.IsTrue(from)
                : bare == typeof(SwitchParameter) ? new SwitchParameter(LanguagePrimitives.IsTrue(from))
                : bare.IsArray ? ToArray(from, bare.GetElementType()!)
                : bare.IsEnum ? ToEnum(from, bare)
                : Number(from, bare) ?? Parse(from as string, bare) ?? Construct(from, bare) ?? Cast(from, bare)
                    ?? (IsNumber(from.GetType()) ? Parse(Text(value), bare) ?? Construct(Text(value), bare) : null);
            if (made is not null) return made;
        }
        catch (Exception e) when (e is not PSInvalidCastException) {
            cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
        }
        throw new PSInvalidCastException(cause is null ? $"Cannot convert the \"{Text(value)}\" value of type \"{from.GetType()}\" to type \"{type}\"."
            : $"Cannot convert value \"{Text(value)}\" to type \"{type}\". Error: \"{cause.Message}\"", cause);
    }

    private static Array ToArray(object from, Type element) {
        IEnumerable? many = from is string text && element == typeof(char) ? text : LanguagePrimitives.GetEnumerable(from);
        return ArrayOf(element, [.. many?.Cast<object?>().Select(i => To(i, element)) ?? [To(from, element)]]);
    }

    internal static Array ArrayOf(Type element, object?[] items) {
        Array array = Array.CreateInstance(element, items.Length);
        for (int i = 0; i < items.Length; i++) array.SetValue(items[i], i);
        return array;
    }

    // Names in any case, several with commas, a prefix if it is unambiguous, numbers if they stand for something.
    private static object ToEnum(object from, Type type) {
        string[] names = Enum.GetNames(type);
        string given = LanguagePrimitives.GetEnumerable(from) is { } many ? string.Join(",", many.Cast<object?>().Select(Text)) : Text(from);
        ulong value = 0, all = names.Aggregate(0UL, (bits, n) => bits | Bits(Enum.Parse(type, n)));
        bool refused = false;
        foreach (string word in given.Split(',').Select(w => w.Trim())) {
            string[] found = names.Contains(word, StringComparer.OrdinalIgnoreCase) ? [word]
                : [.. names.Where(n => word.Length > 0 && n.StartsWith(word, StringComparison.OrdinalIgnoreCase))];
            refused |= !long.TryParse(word, Invariant, out long number) && found.Length != 1;
            value |= found.Length == 1 ? Bits(Enum.Parse(type, found[0], true)) : (ulong)number;
        }
        object made = Enum.ToObject(type, value);
        bool known = type.IsDefined(typeof(FlagsAttribute), false) ? (value & ~all) == 0 : Enum.IsDefined(type, made);
        return !refused && known ? made : throw new PSInvalidCastException($"Cannot convert value \"{given}\" to type \"{type}\" due to enumeration values that are not valid. " +
            $"Specify one of the following enumeration values and try again. The possible enumeration values are \"{string.Join(",", names)}\".");
    }

    private static ulong Bits(object value) => unchecked((ulong)Convert.ToInt64(value, Invariant));
    private static object? Number(object from, Type type) {
        if (type == typeof(char)) return from is string { Length: 1 } one ? one[0] : IsNumber(from.GetType()) ? (char)Convert.ToInt32(from, Invariant) : null;
        if (!IsNumber(type)) return null;
        if (from is string text) {
            text = text.Trim();
            from = text.Length == 0 ? 0 : text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? Convert.ToInt64(text, 16)
                : type == typeof(double) || type == typeof(float) ? (object)double.Parse(text, NumberStyles.Float | NumberStyles.AllowThousands, Invariant)
                : decimal.Parse(text, NumberStyles.Float, Invariant);
        }
        return from is IConvertible ? Convert.ChangeType(from is Enum ? Convert.ToInt64(from, Invariant) : from, type, Invariant) : null;
    }

    private static object? Parse(string? text, Type type) {
        if (text is null) return null;
        if (type == typeof(Uri)) return new Uri(text, UriKind.RelativeOrAbsolute);
        if (type == typeof(Type)) return Type.GetType(text, false, true) ?? Type.GetType("System." + text, false, true);
        if (type.IsDefined(typeof(TypeConverterAttribute), false) && TypeDescriptor.GetConverter(type) is var converter && converter.CanConvertFrom(typeof(string))) return converter.ConvertFromInvariantString(text);
        return type.GetMethod("Parse", Static, [typeof(string), typeof(IFormatProvider)]) is { } withCulture ? withCulture.Invoke(null, [text, Invariant])
            : type.GetMethod("Parse", Static, [typeof(string)])?.Invoke(null, [text]);
    }

    // By the constructor that takes the value, or by one that takes nothing and then the value's members.
    private static object? Construct(object from, Type type) {
        if (type.IsAbstract) return null;
        if (type.GetConstructor([from.GetType()]) is { } direct) return direct.Invoke([from]);
        IEnumerable<(string, object?)>? members = from is IDictionary map ? map.Keys.Cast<object>().Select(k => (Text(k), map[k])) : (from as PSObject)?.Properties.Select(p => (p.Name, p.Value));
        if (members is null || type.GetConstructor([]) is not { } bare) return null;
        PSObject made = PSObject.AsPSObject(bare.Invoke([]));
        foreach ((string name, object? value) in members) (made.Properties[name] ?? throw new PSInvalidCastException($"There is no property {name} on {type}.")).Value = value;
        return made.BaseObject;
    }

    private static object? Cast(object from, Type type) => new[] { from.GetType(), type }.SelectMany(t => t.GetMethods(Static | BindingFlags.FlattenHierarchy))
        .FirstOrDefault(m => m.Name is "op_Implicit" or "op_Explicit" && type.IsAssignableFrom(m.ReturnType) && m.GetParameters()[0].ParameterType.IsInstanceOfType(from))
        ?.Invoke(null, [from]);
}
