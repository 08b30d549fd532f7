// SPDX-License-Identifier: MIT
namespace System.Management.Automation;
/// <summary>Checks an argument after it was converted.</summary>
public abstract partial class ValidateArgumentsAttribute : CmdletMetadataAttribute {
    protected abstract void Validate(object? arguments, EngineIntrinsics? engineIntrinsics);
    internal void Check(object? value, EngineIntrinsics engine) => Validate(value, engine);
    private protected static void Demand(bool right, string message) {
        if (!right) throw new ValidationMetadataException(message);
    }
}
/// <summary>Checks each element of an argument.</summary>
public abstract partial class ValidateEnumeratedArgumentsAttribute : ValidateArgumentsAttribute {
    protected abstract void ValidateElement(object? element);
    protected override void Validate(object? arguments, EngineIntrinsics? engineIntrinsics) {
        Demand(arguments is not null, "The argument is null or empty. Provide an argument that is not null or empty, and then try the command again.");
        foreach (object? element in LanguagePrimitives.GetEnumerable(arguments) ?? new[] { arguments }) ValidateElement(element);
    }
}
/// <summary>Root of the checks for null.</summary>
public abstract partial class NullValidationAttributeBase : ValidateArgumentsAttribute {
    private protected static void Refuse(object? value, bool empty) {
        bool Lacks(object? element) => PSObject.Base(element) is null || (empty && PSObject.Base(element) is string { Length: 0 });
        Demand(!Lacks(value), $"The argument is null{(empty ? " or empty" : "")}. Provide an argument that is not null{(empty ? " or empty" : "")}, and then try the command again.");
        object?[]? items = LanguagePrimitives.GetEnumerable(value)?.Cast<object?>().ToArray();
        Demand(items is null || !(items.Any(Lacks) || (empty && items.Length == 0)), "The argument is null, empty, or an element of the argument collection contains " +
            "a null value. Supply a collection that does not contain any null values and then try the command again.");
    }
}
/// <summary>Refuses null, also as an element.</summary>
public sealed partial class ValidateNotNullAttribute : NullValidationAttributeBase {
    protected override void Validate(object? arguments, EngineIntrinsics? engineIntrinsics) => Refuse(arguments, empty: false);
}
/// <summary>Refuses null and emptiness, also as an element.</summary>
public sealed partial class ValidateNotNullOrEmptyAttribute : NullValidationAttributeBase {
    protected override void Validate(object? arguments, EngineIntrinsics? engineIntrinsics) => Refuse(arguments, empty: true);
}
/// <summary>Lets only the listed words through.</summary>
public sealed partial class ValidateSetAttribute : ValidateEnumeratedArgumentsAttribute {
    protected override void ValidateElement(object? element) =>
        Demand(ValidValues.Contains(Conversion.Text(element), IgnoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal),
            $"The argument \"{element}\" does not belong to the set \"{string.Join(",", ValidValues)}\" specified by the ValidateSet attribute. " +
            "Supply an argument that is in the set and then try the command again.");
}
/// <summary>Lets only values between two bounds through.</summary>
public sealed partial class ValidateRangeAttribute : ValidateEnumeratedArgumentsAttribute {
    protected override void ValidateElement(object? element) {
        object? value = LanguagePrimitives.TryConvertTo(element, MinRange.GetType(), out object? converted) ? converted : null;
        Demand(((IComparable)MinRange).CompareTo(value) <= 0, $"The {element} argument is less than the minimum allowed range of {MinRange}. " +
            $"Supply an argument that is greater than or equal to {MinRange} and then try the command again.");
        Demand(((IComparable)MaxRange).CompareTo(value) >= 0, $"The {element} argument is greater than the maximum allowed range of {MaxRange}. " +
            $"Supply an argument that is less than or equal to {MaxRange} and then try the command again.");
    }
}
/// <summary>Bounds the length of a string.</summary>
public sealed partial class ValidateLengthAttribute : ValidateEnumeratedArgumentsAttribute {
    protected override void ValidateElement(object? element) => Demand(PSObject.Base(element) is string text && text.Length >= MinLength && text.Length <= MaxLength,
        $"The character length of the argument \"{element}\" is not between {MinLength} and {MaxLength}.");
}
/// <summary>Bounds the number of elements.</summary>
public sealed partial class ValidateCountAttribute : ValidateArgumentsAttribute {
    protected override void Validate(object? arguments, EngineIntrinsics? engineIntrinsics) {
        int count = arguments is null ? 0 : LanguagePrimitives.GetEnumerable(arguments)?.Cast<object?>().Count() ?? 1;
        Demand(count >= MinLength && count <= MaxLength, $"The parameter takes between {MinLength} and {MaxLength} arguments; {count} were supplied.");
    }
}
/// <summary>Lets only what a regular expression matches through.</summary>
public sealed partial class ValidatePatternAttribute : ValidateEnumeratedArgumentsAttribute {
    protected override void ValidateElement(object? element) => Demand(Regex.IsMatch(Conversion.Text(element), RegexPattern, Options),
        $"The argument \"{element}\" does not match the \"{RegexPattern}\" pattern. Supply an argument that matches \"{RegexPattern}\" and try the command again.");
}
