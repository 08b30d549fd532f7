// SPDX-License-Identifier: MIT
using System.Collections;
using System.Globalization;
using System.Reflection;

namespace PgCloud.Hosting.Binding;

/// <summary>Binds one value to one parameter: transform, convert, validate, set.</summary>
internal static class ArgumentBinder {
    /// <returns>False if the value does not fit without conversion and none is allowed.</returns>
    /// <exception cref="ParameterBindingException">The value is refused.</exception>
    internal static bool Bind(ParameterSpec parameter, object target, object? value, bool coerce, EngineIntrinsics engine, out object? boundValue) {
        foreach (ArgumentTransformationAttribute transformation in parameter.Transformations) {
            if (value is null && !parameter.IsMandatorySomewhere && !transformation.TransformNullOptionalParameters) continue;
            try {
                value = transformation.Transform(engine, value);
            }
            catch (Exception e) {
                throw new ParameterBindingArgumentTransformationException("ParameterArgumentTransformationError",
                    $"Cannot process argument transformation on parameter '{parameter.Name}'. {e.Message}", parameter.Name, parameter.Type, e);
            }
        }

        boundValue = null;
        if (coerce) value = Coerce(parameter, value, parameter.Type, parameter.IsCollection, parameter.Element);
        else if (!Fits(parameter, ref value)) return false;
        foreach (ValidateArgumentsAttribute validation in parameter.Validations) {
            try {
                validation.Check(value, engine);
            }
            catch (Exception e) {
                throw new ParameterBindingValidationException("ParameterArgumentValidationError",
                    $"Cannot validate argument on parameter '{parameter.Name}'. {e.Message}", parameter.Name, parameter.Type, e);
            }
        }

        if (parameter.IsMandatorySomewhere) RefuseEmptiness(parameter, parameter.Type, value, true);
        try {
            if (value is null && parameter.Type.IsValueType && Nullable.GetUnderlyingType(parameter.Type) is null) throw new TargetInvocationException(new NullReferenceException());
            parameter.Set(target, value);
        }
        catch (TargetInvocationException e) {
            throw Fail("ParameterBindingFailed", $"Cannot bind parameter '{parameter.Name}' to the target. {e.InnerException!.Message}", parameter, ErrorCategory.WriteError, e.InnerException);
        }

        boundValue = value;
        return true;
    }

    private static ParameterBindingException Fail(string id, string message, ParameterSpec parameter, ErrorCategory category = ErrorCategory.InvalidArgument,
        Exception? inner = null) => new(id, message, parameter.Name, parameter.Type, category, inner);

    private static bool Fits(ParameterSpec parameter, ref object? value) {
        if (value is null) return !parameter.Type.IsValueType && parameter.Type != typeof(string);
        if (parameter.Type.IsInstanceOfType(value)) return true;
        object bare = PSObject.Base(value)!;
        if (parameter.Type.IsInstanceOfType(bare)) {
            value = bare;
            return true;
        }

        // A scalar or a list of exactly the element type makes a collection without conversion.
        if (!parameter.IsCollection) return false;
        object?[] items = bare is IList list ? [.. list.Cast<object?>().Select(PSObject.Base)] : [bare];
        if (parameter.Element is { } element && items.Any(i => i is not null && i.GetType() != element && !i.GetType().IsSubclassOf(element))) return false;
        value = Collect(parameter, parameter.Type, parameter.Element, items);
        return true;
    }

    private static object? Coerce(ParameterSpec parameter, object? value, Type type, bool collection, Type? element) {
        if (value is null) {
            return type == typeof(bool) ? throw Fail("ParameterArgumentValidationErrorNullNotAllowed", $"Cannot bind argument to parameter '{parameter.Name}' because it is null.", parameter)
                : type == typeof(SwitchParameter) || type == typeof(SwitchParameter?) ? SwitchParameter.Present : null;
        }

        if (type.IsInstanceOfType(value)) return value;
        object bare = PSObject.Base(value)!;
        try {
            // Nothing but booleans and numbers says yes or no to a parameter; the language itself is more generous.
            if (type == typeof(bool) || type == typeof(bool?) || type == typeof(SwitchParameter) || type == typeof(SwitchParameter?)) {
                return bare is bool or SwitchParameter || Conversion.IsNumber(bare.GetType()) ? Conversion.To(bare, Nullable.GetUnderlyingType(type) ?? type)
                    : throw Fail("CannotConvertArgument", $"Cannot convert '{bare.GetType()}' to the type '{type}' required by parameter '{parameter.Name}'. ", parameter);
            }

            if (collection) {
                object?[] items = bare is IList list ? [.. list.Cast<object?>()] : [value];
                return Collect(parameter, type, element, element is null ? items : [.. items.Select(i => Coerce(parameter, i, element, element.IsArray, element.GetElementType()))]);
            }

            return bare is IList && type != typeof(object) && type != typeof(PSObject) && !type.IsEnum
                ? throw Fail("CannotConvertArgument", $"Cannot convert '{Conversion.Text(value)}' to the type '{type}' required by parameter '{parameter.Name}'. Specified method is not supported.", parameter)
                : Conversion.To(value, type, CultureInfo.CurrentCulture);
        }
        catch (PSInvalidCastException e) {
            throw Fail("CannotConvertArgumentNoMessage", $"Cannot bind parameter '{parameter.Name}'. {e.Message}", parameter, inner: e);
        }
    }

    private static object Collect(ParameterSpec parameter, Type type, Type? element, object?[] items) {
        if (type.IsArray) {
            Array array = Array.CreateInstance(element!, items.Length);
            for (int i = 0; i < items.Length; i++) array.SetValue(items[i], i);
            return array;
        }

        try {
            object collection = Activator.CreateInstance(type)!;
            MethodInfo add = type.GetMethod("Add", [element ?? typeof(object)]) ?? throw new MissingMemberException(type.Name, "Add");
            foreach (object? item in items) add.Invoke(collection, [PSObject.Base(item)]);
            return collection;
        }
        catch (Exception e) when (e is MemberAccessException or TargetInvocationException) {
            throw Fail("CannotConvertArgument", $"Cannot convert 'null' to the type '{type}' required by parameter '{parameter.Name}'. {e.Message}", parameter, inner: e);
        }
    }

    private static void RefuseEmptiness(ParameterSpec parameter, Type type, object? value, bool look) {
        string? what = value is null && type != typeof(bool?) ? parameter.AllowsNull ? null : "Null"
            : type == typeof(string) ? value is string { Length: 0 } && !parameter.AllowsEmptyString ? "EmptyString" : null
            : look && parameter.IsCollection && !parameter.AllowsEmptyCollection && value is IEnumerable many && !many.Cast<object?>().Any()
                ? parameter.Type.IsArray ? "EmptyArray" : "EmptyCollection" : null;
        if (what is not null) {
            string words = what switch { "Null" => "null", "EmptyString" => "an empty string", "EmptyArray" => "an empty array", _ => "an empty collection" };
            throw new ParameterBindingValidationException($"ParameterArgumentValidationError{what}NotAllowed",
                $"Cannot bind argument to parameter '{parameter.Name}' because it is {words}.", parameter.Name, parameter.Type, null);
        }

        if (look && parameter.IsCollection && parameter.Element is not { IsValueType: true } && value is IEnumerable items) {
            foreach (object? item in items) RefuseEmptiness(parameter, parameter.Element ?? typeof(object), item, false);
        }
    }
}
