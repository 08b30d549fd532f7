// SPDX-License-Identifier: MIT
namespace System.Management.Automation;
/// <summary>Conversions and comparisons as the language makes them.</summary>
public static class LanguagePrimitives {
    public static T ConvertTo<T>(object? valueToConvert) => (T)Conversion.To(valueToConvert, typeof(T))!;
    public static object? ConvertTo(object? valueToConvert, Type resultType) => Conversion.To(valueToConvert, resultType);
    public static object? ConvertTo(object? valueToConvert, Type resultType, IFormatProvider? formatProvider) => Conversion.To(valueToConvert, resultType, formatProvider);
    public static bool TryConvertTo<T>(object? valueToConvert, out T? result) => TryConvertTo(valueToConvert, CultureInfo.InvariantCulture, out result);
    public static bool TryConvertTo(object? valueToConvert, Type resultType, out object? result) => TryConvertTo(valueToConvert, resultType, CultureInfo.InvariantCulture, out result);
    public static bool TryConvertTo<T>(object? valueToConvert, IFormatProvider? formatProvider, out T? result) {
        bool converted = TryConvertTo(valueToConvert, typeof(T), formatProvider, out object? value);
        result = converted ? (T?)value : default;
        return converted;
    }
    public static bool TryConvertTo(object? valueToConvert, Type resultType, IFormatProvider? formatProvider, out object? result) {
        try {
            result = Conversion.To(valueToConvert, resultType, formatProvider);
            return true;
        }
        catch (PSInvalidCastException) {
            result = null;
            return false;
        }
    }
    public static new bool Equals(object? first, object? second) => Equals(first, second, false);
    public static bool Equals(object? first, object? second, bool ignoreCase) => Equals(first, second, ignoreCase, CultureInfo.InvariantCulture);
    public static bool Equals(object? first, object? second, bool ignoreCase, IFormatProvider? formatProvider) {
        (first, second) = (PSObject.Base(first), PSObject.Base(second));
        return first is null || second is null ? first is null && second is null
            : first is string text ? string.Equals(text, Conversion.Text(second), ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
            : first.Equals(second) || (TryConvertTo(second, first.GetType(), formatProvider, out object? same) && first.Equals(same));
    }
    public static bool IsTrue(object? obj) => PSObject.Base(obj) switch {
        null => false,
        bool b => b,
        SwitchParameter s => s.IsPresent,
        string text => text.Length > 0,
        IConvertible number when Conversion.IsNumber(number.GetType()) => number.ToDouble(CultureInfo.InvariantCulture) != 0,
        IList { Count: <= 1 } few => few.Count == 1 && IsTrue(few[0]),
        _ => true,
    };
    public static IEnumerable? GetEnumerable(object? obj) => PSObject.Base(obj) is IEnumerable many and not (string or IDictionary or Xml.XmlNode) ? many : null;
    public static IEnumerator? GetEnumerator(object? obj) => GetEnumerable(obj)?.GetEnumerator();
}

/// <summary>Makes an object of a type of others. The host has no CliXml, so that none is ever asked.</summary>
public abstract class PSTypeConverter {
    public abstract bool CanConvertFrom(object sourceValue, Type destinationType);
    public abstract object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase);
    public abstract bool CanConvertTo(object sourceValue, Type destinationType);
    public abstract object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase);
}
