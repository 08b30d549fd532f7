// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Binding;
/// <summary>The half of the binder that takes objects from the pipeline.</summary>
internal sealed partial class CommandBinder {
    private readonly List<(ParameterSpec Parameter, object? Default)> _fromInput = [];
    private uint _beforeInput;
    /// <returns>Null, or why the object cannot be taken: an error that harms no other object.</returns>
    internal ErrorRecord? BindInput(object? input) {
        try {
            PSObject? item = input is null ? null : PSObject.AsPSObject(input);
            if (!BindPhases(item)) {
                Restore();
                return InputError("InputObjectNotBound", "The input object cannot be bound to any parameters for the command either because the command does not " +
                    "take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.", item);
            }
            List<ParameterSpec> missing = MissingMandatory(expectingInput: false);
            return missing.Count == 0 ? null : InputError("InputObjectMissingMandatory", "The input object cannot be bound because it did not contain the information " +
                "required to bind all mandatory parameters: " + string.Concat(missing.Select(p => " " + p.Name)), item);
        }
        catch (ParameterBindingException e) {
            Restore();
            return new ErrorRecord(e, e.ErrorId, e.ErrorRecord.CategoryInfo.Category, input).From(invocation);
        }
    }

    private ErrorRecord InputError(string id, string message, object? input) =>
        new ErrorRecord(new ParameterBindingException(id, message, null), id, ErrorCategory.InvalidArgument, input).From(invocation);
    private void Restore() {
        foreach ((ParameterSpec parameter, object? value) in _fromInput) {
            parameter.Set(cmdlet, value);
            invocation.BoundParameters.Remove(parameter.Name);
            _bound.Remove(parameter);
            _unbound.Add(parameter);
        }
        _fromInput.Clear();
    }

    private bool BindPhases(PSObject? input) {
        Restore();
        _current = _beforeInput;
        bool any = false;
        // By value, by property name; then both again with conversion.
        foreach ((bool coerce, bool byName) in new[] { (false, false), (false, true), (true, false), (true, true) }) {
            uint preferred = spec.DefaultSet & _current;
            if (!((preferred != 0 && BindPhase(input, coerce, byName, preferred)) || BindPhase(input, coerce, byName, _current & ~preferred))) continue;
            any = true;
            Resolve(beforeInput: true, setDefault: true);
        }
        Resolve(beforeInput: false, setDefault: true);
        RequireOneSet();
        return any;
    }

    private bool BindPhase(PSObject? input, bool coerce, bool byName, uint sets) {
        bool any = false;
        for (int i = _unbound.Count - 1; i >= 0; i--) {
            ParameterSpec parameter = _unbound[i];
            if (!parameter.In(sets).Any(s => byName ? s.Shape.ValueFromPipelineByPropertyName && input is not null : s.Shape.ValueFromPipeline)) continue;
            PSPropertyInfo? property = byName ? parameter.Aliases.Prepend(parameter.Name).Select(n => input!.Properties[n]).FirstOrDefault(p => p is not null) : null;
            if (byName && property is null) continue;
            object? before = parameter.Get(cmdlet);
            try {
                if (!Bind(parameter, byName ? property!.Value : input, coerce)) continue;
                _fromInput.Add((parameter, before));
                any = true;
            }
            catch (ParameterBindingException e) when (e.GetType() == typeof(ParameterBindingException)
                || (!byName && e is ParameterBindingArgumentTransformationException && HasCastFailure(e.InnerException))) {
                // It does not fit here; it may fit another parameter.
            }
        }
        return any;
    }
}
