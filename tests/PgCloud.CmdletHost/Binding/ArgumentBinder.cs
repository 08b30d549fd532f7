// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Binding;
/// <summary>Binds one value to one parameter: transform, convert, validate, set.</summary>
internal static class ArgumentBinder {
    /// <returns>False if the value does not fit without conversion and none is allowed.</returns>
    /// <exception cref="ParameterBindingException">The value is refused.</exception>
    internal static bool Bind(ParameterSpec parameter, object target, ref object? value, bool coerce, EngineIntrinsics engine) {
        foreach (ArgumentTransformationAttribute transformation in parameter.Transformations) {
            try {
                if (value is not null || parameter.IsMandatorySomewhere || transformation.TransformNullOptionalParameters) value = transformation.Transform(engine, value);
            }
            catch (Exception e) {
                throw new ParameterBindingArgumentTransformationException("ParameterArgumentTransformationError",
                    $"Cannot process argument transformation on parameter '{parameter.Name}'. {e.Message}", parameter, e);
            }
        }
        if (coerce) value = Coerce(parameter, value, parameter.Type, parameter.IsCollection, parameter.Element);
        else if (!Fits(parameter, ref value)) return false;
        try {
            foreach (ValidateArgumentsAttribute validation in parameter.Validations) validation.Check(value, engine);
        }
        catch (Exception e) {
            throw new ParameterBindingValidationException("ParameterArgumentValidationError", $"Cannot validate argument on parameter '{parameter.Name}'. {e.Message}", parameter, e);
        }
        if (parameter.IsMandatorySomewhere) RefuseEmptiness(parameter, parameter.Type, value, true);
        try {
            parameter.Set(target, value);
            return true;
        }
        catch (Exception e) when (e is TargetInvocationException or NullReferenceException) {
            Exception cause = e.InnerException ?? e;
            throw new ParameterBindingException("ParameterBindingFailed", $"Cannot bind parameter '{parameter.Name}' to the target. {cause.Message}", parameter.Name, parameter.Type, ErrorCategory.WriteError, cause);
        }
    }

    private static ParameterBindingException Fail(string id, string message, ParameterSpec parameter, Exception? inner = null) =>
        new(id, message, parameter.Name, parameter.Type, ErrorCategory.InvalidArgument, inner);
    private static ParameterBindingException Cannot(ParameterSpec parameter, Type type, object? value, string why, Exception? inner = null) =>
        Fail("CannotConvertArgument", $"Cannot convert '{value}' to the type '{type}' required by parameter '{parameter.Name}'. {why}", parameter, inner);
    private static bool Fits(ParameterSpec parameter, ref object? value) {
        if (value is null) return !parameter.Type.IsValueType && parameter.Type != typeof(string);
        if (parameter.Type.IsInstanceOfType(value)) return true;
        object bare = value = PSObject.Base(value)!;
        if (parameter.Type.IsInstanceOfType(bare)) return true;
        // A scalar or a list of exactly the element type makes a collection without conversion.
        object?[] items = bare is IList list ? [.. list.Cast<object?>().Select(PSObject.Base)] : [bare];
        if (!parameter.IsCollection || items.Any(i => i is not null && parameter.Element is { } element && i.GetType() != element && !i.GetType().IsSubclassOf(element))) return false;
        value = Collect(parameter, parameter.Type, parameter.Element, items);
        return true;
    }

    private static object? Coerce(ParameterSpec parameter, object? value, Type type, bool collection, Type? element) {
        Type asked = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null) {
            return type == typeof(bool) ? throw Fail("ParameterArgumentValidationErrorNullNotAllowed", $"Cannot bind argument to parameter '{parameter.Name}' because it is null.", parameter)
                : asked == typeof(SwitchParameter) ? SwitchParameter.Present : null;
        }
        if (type.IsInstanceOfType(value)) return value;
        object bare = PSObject.Base(value)!;
        try {
            if (asked == typeof(bool) || asked == typeof(SwitchParameter)) {
                // Nothing but booleans and numbers says yes or no to a parameter; the language itself is more generous.
                return bare is bool or SwitchParameter || Conversion.IsNumber(bare.GetType()) ? Conversion.To(bare, asked) : throw Cannot(parameter, type, bare.GetType(), "");
            }
            object?[] items = bare is IList list ? [.. list.Cast<object?>()] : [value];
            return collection ? Collect(parameter, type, element, element is null ? items : [.. items.Select(i => Coerce(parameter, i, element, element.IsArray, element.GetElementType()))])
                : bare is IList && type != typeof(object) && type != typeof(PSObject) && !asked.IsEnum ? throw Cannot(parameter, type, Conversion.Text(value), "Specified method is not supported.")
                : Conversion.To(value, type, CultureInfo.CurrentCulture);
        }
        catch (PSInvalidCastException e) {
            throw Fail("CannotConvertArgumentNoMessage", $"Cannot bind parameter '{parameter.Name}'. {e.Message}", parameter, e);
        }
    }

    private static object Collect(ParameterSpec parameter, Type type, Type? element, object?[] items) {
        try {
            if (type.IsArray) return Conversion.ArrayOf(element!, items);
            object collection = Activator.CreateInstance(type)!;
            MethodInfo add = type.GetMethod("Add", [element ?? typeof(object)]) ?? throw new MissingMemberException(type.Name, "Add");
            foreach (object? item in items) add.Invoke(collection, [PSObject.Base(item)]);
            return collection;
        }
        catch (Exception e) when (e is MemberAccessException or TargetInvocationException) {
            throw Cannot(parameter, type, "null", e.Message, e);
        }
    }

    private static void RefuseEmptiness(ParameterSpec parameter, Type type, object? value, bool look) {
        bool isEmptyList = look && parameter.IsCollection && value is IEnumerable many && !many.Cast<object?>().Any();
        (string Id, string Words)? what = value is null && type != typeof(bool?) ? parameter.Allows<AllowNullAttribute>() ? null : ("Null", "null")
            : value is string { Length: 0 } && type == typeof(string) ? parameter.Allows<AllowEmptyStringAttribute>() ? null : ("EmptyString", "an empty string")
            : !isEmptyList || parameter.Allows<AllowEmptyCollectionAttribute>() ? null
            : parameter.Type.IsArray ? ("EmptyArray", "an empty array") : ("EmptyCollection", "an empty collection");
        if (what is { } refused) {
            throw new ParameterBindingValidationException($"ParameterArgumentValidationError{refused.Id}NotAllowed",
                $"Cannot bind argument to parameter '{parameter.Name}' because it is {refused.Words}.", parameter);
        }
        if (!look || !parameter.IsCollection || parameter.Element is { IsValueType: true }) return;
        foreach (object? item in value as IEnumerable ?? Array.Empty<object>()) RefuseEmptiness(parameter, parameter.Element ?? typeof(object), item, false);
    }
}
