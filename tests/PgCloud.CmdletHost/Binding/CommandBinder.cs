// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Binding;
/// <summary>Binds a command's arguments and narrows the parameter sets as it goes. The other half binds what comes by pipeline.</summary>
internal sealed partial class CommandBinder(CommandSpec spec, Cmdlet cmdlet, CommandStreams streams, EngineIntrinsics engine, InvocationInfo invocation) {
    private const uint Any = uint.MaxValue;
    private readonly List<ParameterSpec> _unbound = [.. spec.Parameters];
    private readonly HashSet<ParameterSpec> _bound = [];
    private uint _current = Any;
    /// <exception cref="ParameterBindingException">The arguments do not fit.</exception>
    internal void BindCommandLine(IEnumerable<Argument> arguments, bool expectingInput) {
        List<Argument> rest = BindNamed(Pair([.. arguments]));
        rest = BindPositional(rest, out ParameterBindingException? failure);
        Resolve(beforeInput: true, setDefault: false);
        rest = BindRemaining(rest);
        if (rest.Count > 0) {
            throw rest[0].Name is { } unknown ? Fail("NamedParameterNotFound", $"A parameter cannot be found that matches parameter name '{unknown}'.", unknown)
                : failure ?? Fail("PositionalParameterNotFound", $"A positional parameter cannot be found that accepts argument '{Conversion.Text(rest[0].Value)}'.", Conversion.Text(rest[0].Value));
        }
        int count = Resolve(expectingInput, !expectingInput);
        if (count > 1 && expectingInput && SetsTakingInput() is var narrowed && narrowed != _current) {
            _current = narrowed;
            Resolve(beforeInput: true, setDefault: false);
        }
        if (MissingMandatory(expectingInput) is { Count: > 0 } missing) {
            string names = string.Concat(missing.Select(p => " " + p.Name));
            throw Fail("MissingMandatoryParameter", $"Cannot process command because of one or more missing mandatory parameters:{names}.", names.TrimStart());
        }
        if (!expectingInput) RequireOneSet();
        _beforeInput = _current;
    }

    private static ParameterBindingException Fail(string id, string message, string? parameter = null, Type? type = null) => new(id, message, parameter, type);
    private static ParameterBindingException Ambiguous() => Fail("AmbiguousParameterSet", "Parameter set cannot be resolved using the specified named parameters. " +
        "One or more parameters issued cannot be used together or an insufficient number of parameters were provided.");
    private static int Count(uint sets) => sets == Any ? 1 : BitOperations.PopCount(sets);
    private bool Bind(ParameterSpec parameter, object? value, bool coerce) {
        object target = parameter.Declared ? cmdlet : typeof(ShouldProcessValues).GetProperty(parameter.Name) is null ? streams.Common : streams.Asking;
        try {
            if (!ArgumentBinder.Bind(parameter, target, ref value, coerce, engine)) return false;
            invocation.BoundParameters[parameter.Name] = value;
        }
        catch (ParameterBindingException e) when (!coerce && HasCastFailure(e)) {
            return false;
        }
        _current &= parameter.Flags != 0 ? parameter.Flags : Any;
        _unbound.Remove(parameter);
        _bound.Add(parameter);
        return true;
    }

    private static bool HasCastFailure(Exception? e) => e is PSInvalidCastException || (e is not null && HasCastFailure(e.InnerException));
    private ParameterSpec? Find(string name) {
        bool Is(string candidate) => candidate.Equals(name, StringComparison.OrdinalIgnoreCase);
        bool Starts(string candidate) => candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase);
        if ((spec.Parameters.FirstOrDefault(p => Is(p.Name)) ?? spec.Parameters.FirstOrDefault(p => p.Aliases.Any(Is))) is { } exact) return exact;
        List<ParameterSpec> found = [.. spec.Parameters.Where(p => Starts(p.Name)), .. spec.Parameters.Where(p => !Starts(p.Name) && p.Aliases.Any(Starts))];
        List<ParameterSpec> declared = [.. found.Where(p => p.Declared)];
        return found.Count < 2 ? found.FirstOrDefault() : declared.Count == 1 ? declared[0]
            : throw Fail("AmbiguousParameter", $"Parameter cannot be processed because the parameter name '{name}' is ambiguous. Possible matches include:" +
                string.Concat(found.Select(p => " -" + p.Name)) + ".", name);
    }

    // A name without a value takes the next argument, unless it is a switch.
    private List<Argument> Pair(List<Argument> arguments) {
        List<Argument> paired = [];
        for (int i = 0; i < arguments.Count; i++) {
            Argument argument = arguments[i];
            if (argument is { Name: not null, HasValue: false } && Find(argument.Name) is { } parameter) {
                Argument? next = (Nullable.GetUnderlyingType(parameter.Type) ?? parameter.Type) == typeof(SwitchParameter) ? new Argument(null, SwitchParameter.Present, true)
                    : ++i < arguments.Count && (arguments[i].Name is not { } name || (!arguments[i].HasValue && Find(name) is null)) ? arguments[i] : null;
                argument = next is not null ? new Argument(parameter.Name, next.Name is null ? next.Value : "-" + next.Name, true) : throw Fail("MissingArgument",
                    $"Missing an argument for parameter '{parameter.Name}'. Specify a parameter of type '{parameter.Type}' and try again.", parameter.Name, parameter.Type);
            }
            paired.Add(argument);
        }
        return paired;
    }

    private List<Argument> BindNamed(List<Argument> arguments) {
        List<Argument> rest = [];
        foreach (Argument argument in arguments) {
            if (argument.Name is null || Find(argument.Name) is not { } parameter) rest.Add(argument);
            else if (!_bound.Contains(parameter)) Bind(parameter, argument.Value, coerce: true);
            else throw Fail("ParameterAlreadyBound", $"Cannot bind parameter because parameter '{parameter.Name}' is specified more than once. " +
                "To provide multiple values to parameters that can accept multiple values, use the array syntax.", parameter.Name);
        }
        return rest;
    }

    // By position: in the default set, then in any; without conversion, then with.
    private List<Argument> BindPositional(List<Argument> arguments, out ParameterBindingException? failure) {
        failure = null;
        List<Argument> rest = [], open = [.. arguments];
        foreach (int position in _unbound.SelectMany(p => p.In(_current)).Select(s => s.Shape.Position).Where(p => p != int.MinValue).Distinct().Order().ToList()) {
            List<ParameterSpec> here = [.. _unbound.Where(p => p.In(_current).Any(s => s.Shape.Position == position))];
            // An unknown name keeps the value behind it.
            int next = 0;
            while (next < open.Count && open[next].Name is not null) next += next + 1 < open.Count && open[next + 1].Name is null ? 2 : 1;
            if (here.Count == 0 || next >= open.Count) continue;
            Argument argument = open[next];
            open.RemoveAt(next);
            uint preferred = spec.DefaultSet & _current;
            bool bound = false;
            foreach (bool coerce in new[] { false, true }) {
                bound = bound || (preferred != 0 && BindAt(here, position, argument.Value, preferred, coerce, ref failure)) || BindAt(here, position, argument.Value, _current, coerce, ref failure);
            }
            if (!bound) rest.Add(argument);
        }
        rest.AddRange(open);
        return rest;
    }

    private bool BindAt(List<ParameterSpec> candidates, int position, object? value, uint sets, bool coerce, ref ParameterBindingException? failure) {
        bool any = false;
        foreach (ParameterSpec parameter in candidates.Where(p => p.In(sets).Any(s => s.Shape.Position == position))) {
            try {
                any |= Bind(parameter, value, coerce);
            }
            catch (ParameterBindingException e) when (e.GetType() == typeof(ParameterBindingException)) {
                failure = e;
            }
        }
        return any;
    }

    private List<Argument> BindRemaining(List<Argument> rest) {
        ParameterSpec[] takers = [.. _unbound.Where(p => p.In(_current).Any(s => s.Shape.ValueFromRemainingArguments))];
        if (rest.Count == 0 || takers.Length == 0) return rest;
        if (takers.Length > 1) throw Ambiguous();
        List<object?> values = [.. rest.SelectMany(a => (a.Name is null ? [] : new object?[] { "-" + a.Name }).Concat(a.HasValue ? [a.Value] : []))];
        Bind(takers[0], values.Count == 1 && LanguagePrimitives.GetEnumerable(values[0]) is not null ? values[0] : values, coerce: true);
        return [];
    }
}
