// SPDX-License-Identifier: MIT
using System.Collections;
using System.Globalization;
using System.Management.Automation.Internal;
using System.Text.RegularExpressions;

namespace System.Management.Automation;

/// <summary>Checks an argument after it was converted.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public abstract class ValidateArgumentsAttribute : CmdletMetadataAttribute {
    protected abstract void Validate(object? arguments, EngineIntrinsics? engineIntrinsics);
    internal void Check(object? value, EngineIntrinsics engine) => Validate(value, engine);
    internal static ValidationMetadataException Invalid(string message) => new(message);
}

/// <summary>Checks each element of an argument.</summary>
public abstract class ValidateEnumeratedArgumentsAttribute : ValidateArgumentsAttribute {
    protected abstract void ValidateElement(object? element);

    protected override void Validate(object? arguments, EngineIntrinsics? engineIntrinsics) {
        if (arguments is null) {
            throw Invalid("The argument is null or empty. Provide an argument that is not null or empty, and then try the command again.");
        }

        foreach (object? element in LanguagePrimitives.GetEnumerable(arguments) ?? new[] { arguments }) {
            ValidateElement(element);
        }
    }
}

/// <summary>Root of the checks for null.</summary>
public abstract class NullValidationAttributeBase : ValidateArgumentsAttribute {
    private protected static void Refuse(object? value, bool empty) {
        object? bare = PSObject.Base(value);
        if (bare is null) {
            throw Invalid("The argument is null" + (empty ? " or empty." : ".") + " Provide a valid value for the argument, and then try running the command again.");
        }

        if (empty && bare is string { Length: 0 }) {
            throw Invalid("The argument is null or empty. Provide an argument that is not null or empty, and then try the command again.");
        }

        if (bare is IEnumerable many and not string) {
            bool any = false;
            foreach (object? element in many) {
                any = true;
                if (PSObject.Base(element) is null || (empty && PSObject.Base(element) is string { Length: 0 })) {
                    throw Invalid("The argument is null, empty, or an element of the argument collection contains a null value. " +
                        "Supply a collection that does not contain any null values and then try the command again.");
                }
            }

            if (empty && !any) {
                throw Invalid("The argument is null, empty, or an element of the argument collection contains a null value. " +
                    "Supply a collection that does not contain any null values and then try the command again.");
            }
        }
    }
}

/// <summary>Refuses null, also as an element.</summary>
public sealed class ValidateNotNullAttribute : NullValidationAttributeBase {
    protected override void Validate(object? arguments, EngineIntrinsics? engineIntrinsics) => Refuse(arguments, empty: false);
}

/// <summary>Refuses null and emptiness, also as an element.</summary>
public sealed class ValidateNotNullOrEmptyAttribute : NullValidationAttributeBase {
    protected override void Validate(object? arguments, EngineIntrinsics? engineIntrinsics) => Refuse(arguments, empty: true);
}

/// <summary>Lets only the listed words through.</summary>
public sealed class ValidateSetAttribute(params string[] validValues) : ValidateEnumeratedArgumentsAttribute {
    public bool IgnoreCase { get; set; } = true;
    public IList<string> ValidValues { get; } = validValues;

    protected override void ValidateElement(object? element) {
        string text = Convert.ToString(element, CultureInfo.InvariantCulture) ?? "";
        if (!ValidValues.Contains(text, IgnoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal)) {
            throw Invalid($"The argument \"{text}\" does not belong to the set \"{string.Join(",", ValidValues)}\" specified by the " +
                "ValidateSet attribute. Supply an argument that is in the set and then try the command again.");
        }
    }
}

/// <summary>Lets only values between two bounds through.</summary>
public sealed class ValidateRangeAttribute(object minRange, object maxRange) : ValidateEnumeratedArgumentsAttribute {
    public object MinRange { get; } = minRange;
    public object MaxRange { get; } = maxRange;

    protected override void ValidateElement(object? element) {
        if (!LanguagePrimitives.TryConvertTo(element, MinRange.GetType(), CultureInfo.InvariantCulture, out object? value) || value is null) {
            throw Invalid($"The argument is of another type than the bounds {MinRange} and {MaxRange}.");
        }

        if (((IComparable)MinRange).CompareTo(value) > 0) {
            throw Invalid($"The {element} argument is less than the minimum allowed range of {MinRange}. " +
                $"Supply an argument that is greater than or equal to {MinRange} and then try the command again.");
        }

        if (((IComparable)MaxRange).CompareTo(value) < 0) {
            throw Invalid($"The {element} argument is greater than the maximum allowed range of {MaxRange}. " +
                $"Supply an argument that is less than or equal to {MaxRange} and then try the command again.");
        }
    }
}

/// <summary>Bounds the length of a string.</summary>
public sealed class ValidateLengthAttribute(int minLength, int maxLength) : ValidateEnumeratedArgumentsAttribute {
    public int MinLength { get; } = minLength;
    public int MaxLength { get; } = maxLength;

    protected override void ValidateElement(object? element) {
        int length = (PSObject.Base(element) as string ?? throw Invalid("The argument is not a string.")).Length;
        if (length < MinLength || length > MaxLength) {
            throw Invalid($"The character length of the {length} argument is too {(length < MinLength ? "short" : "long")}: " +
                $"between {MinLength} and {MaxLength} characters are allowed.");
        }
    }
}

/// <summary>Bounds the number of elements.</summary>
public sealed class ValidateCountAttribute(int minLength, int maxLength) : ValidateArgumentsAttribute {
    public int MinLength { get; } = minLength;
    public int MaxLength { get; } = maxLength;

    protected override void Validate(object? arguments, EngineIntrinsics? engineIntrinsics) {
        int count = arguments is null ? 0 : LanguagePrimitives.GetEnumerable(arguments)?.Cast<object?>().Count() ?? 1;
        if (count < MinLength || count > MaxLength) {
            throw Invalid($"The parameter takes between {MinLength} and {MaxLength} arguments; {count} were supplied.");
        }
    }
}

/// <summary>Lets only what a regular expression matches through.</summary>
public sealed class ValidatePatternAttribute(string regexPattern) : ValidateEnumeratedArgumentsAttribute {
    public string RegexPattern { get; } = regexPattern;
    public RegexOptions Options { get; set; } = RegexOptions.IgnoreCase;

    protected override void ValidateElement(object? element) {
        string text = Convert.ToString(element, CultureInfo.InvariantCulture) ?? "";
        if (!Regex.IsMatch(text, RegexPattern, Options)) {
            throw Invalid($"The argument \"{text}\" does not match the \"{RegexPattern}\" pattern. " +
                $"Supply an argument that matches \"{RegexPattern}\" and try the command again.");
        }
    }
}
