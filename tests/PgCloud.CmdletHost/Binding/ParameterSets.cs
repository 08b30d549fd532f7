// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Binding;
/// <summary>The half of the binder that decides between parameter sets.</summary>
internal sealed partial class CommandBinder {
    private void Name(uint set) => (cmdlet as PSCmdlet)?.ParameterSetName = spec.SetName(set);
    private int Resolve(bool beforeInput, bool setDefault) {
        int count = Count(_current);
        bool all = _current == Any, inputMayDecide = beforeInput && _unbound.Any(p => p.In(_current).Any(s => s.TakesInput));
        if (count == 0) throw Ambiguous();
        if (all) count = Math.Max(spec.SetCount, 1);
        if (count > 1 && (_current & spec.DefaultSet) != 0 && !(all && inputMayDecide)) {
            Name(spec.DefaultSet);
            if (setDefault) (_current, count) = (spec.DefaultSet, 1);
            return count;
        }
        if (count > 1 && !inputMayDecide) {
            // The only set that lacks no mandatory parameter wins.
            uint complete = _unbound.SelectMany(p => p.Sets).Where(s => s.Shape.Mandatory).Aggregate(_current & spec.AllSets, (sets, s) => sets & ~s.Flag);
            if (Count(complete) != 1) throw Ambiguous();
            (_current, count) = (complete, 1);
        }
        if (all || count == 1) Name(_current);
        return count;
    }

    private void RequireOneSet() {
        if (_current == Any && spec.SetCount > 1) _current = spec.DefaultSet != 0 ? spec.DefaultSet : throw Ambiguous();
    }

    private uint SetsTakingInput() {
        SetSpec[] taking = [.. _unbound.SelectMany(p => p.In(_current)).Where(s => s.TakesInput)];
        return taking.Length == 0 || taking.Any(s => s.InAllSets) ? _current : _current & taking.Aggregate(0u, (flags, s) => flags | s.Flag);
    }

    // Mandatory parameters that nothing can supply any more. On the way, sets that the input cannot complete are given up.
    private List<ParameterSpec> MissingMandatory(bool expectingInput) {
        List<ParameterSpec> Lacking(uint sets, bool alsoByInput) => [.. _unbound.Where(p => p.In(sets).Any(s => s.Shape.Mandatory && (alsoByInput || !s.TakesInput)))];
        if (!expectingInput || spec.SetCount == 0) return Lacking(_current, alsoByInput: !expectingInput);
        uint[] open = [.. Enumerable.Range(0, spec.SetCount).Select(i => 1u << i).Where(flag => (flag & _current) != 0)];
        uint complete = open.Where(flag => Lacking(flag, false).Count == 0).Aggregate(0u, (flags, flag) => flags | flag);
        if (complete == 0) _current = open.Length == 1 ? open[0] : (spec.DefaultSet & _current) != 0 ? spec.DefaultSet : throw Ambiguous();
        else _current = _current == Any && complete == spec.AllSets ? Any : _current & complete;
        if (Count(_current) == 1 && _current != Any) Name(_current);
        return complete == 0 ? Lacking(_current, false) : [];
    }
}
