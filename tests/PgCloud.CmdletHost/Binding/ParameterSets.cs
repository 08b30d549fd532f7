// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Binding;

/// <summary>The half of the binder that decides between parameter sets.</summary>
internal sealed partial class CommandBinder {
    private uint _preferred;

    private void Name(uint set) {
        if (cmdlet is PSCmdlet command) command.ParameterSetName = spec.SetName(set);
    }

    private int Resolve(bool beforeInput, bool setDefault) {
        int count = Count(_current);
        bool all = _current == Any;
        if (count == 0) throw Ambiguous();
        if (count == 1 && !all) {
            Name(_current);
            return 1;
        }

        if (all) count = Math.Max(spec.SetNames.Count, 1);
        bool defaultIsOpen = (_current & spec.DefaultSet) != 0;
        if (all && beforeInput && _unbound.Any(p => p.In(_current).Any(s => s.TakesInput))) {
            // The input may still decide.
        }
        else if (defaultIsOpen) {
            Name(spec.DefaultSet);
            if (setDefault) (_current, count) = (spec.DefaultSet, 1);
            return count;
        }
        else if (count > 1 && !(beforeInput && _unbound.Any(p => p.In(_current).Any(s => s.TakesInput)))) {
            // The only set that lacks no mandatory parameter wins.
            uint complete = _unbound.SelectMany(p => p.Sets).Where(s => s.Shape.Mandatory).Aggregate(_current & spec.AllSets, (sets, s) => sets & ~s.Flag);
            if (Count(complete) != 1) throw Ambiguous();
            (_current, count) = (complete, 1);
        }

        if (all || count == 1) Name(_current);
        return count;
    }

    private void RequireOneSet() {
        if (_current == Any && spec.SetNames.Count > 1) {
            _current = spec.DefaultSet != 0 ? spec.DefaultSet : throw Ambiguous();
        }
    }

    private uint SetsTakingInput() {
        uint taking = 0;
        foreach (SetSpec set in _unbound.SelectMany(p => p.In(_current)).Where(s => s.TakesInput)) {
            if (set.InAllSets) return _current;
            taking |= set.Flag;
        }

        return taking == 0 ? _current : _current & taking;
    }

    /// <summary>What one set still lacks. Flag <see cref="Any"/> stands for parameters of all sets.</summary>
    private sealed class Lack(uint flag) {
        internal uint Flag { get; } = flag;
        internal bool Shared => Flag == Any;
        internal List<ParameterSpec> ByHand { get; } = [];
        internal bool ByInput => ByValue || ByName;
        internal bool ByValue { get; set; }
        internal bool ByName { get; set; }
    }

    // Mandatory parameters that nothing can supply any more; on the way, sets that the input cannot complete are given up.
    private List<ParameterSpec> MissingMandatory(int count, bool expectingInput) {
        Dictionary<uint, Lack> lacks = [];
        List<ParameterSpec> missing = [];
        uint sets = 0;
        foreach (ParameterSpec parameter in _unbound.Where(p => p.IsMandatorySomewhere)) {
            foreach (SetSpec set in parameter.In(_current).Where(s => s.Shape.Mandatory)) {
                Lack lack = lacks.TryGetValue(set.InAllSets ? Any : set.Flag, out Lack? known) ? known : lacks[set.InAllSets ? Any : set.Flag] = new Lack(set.InAllSets ? Any : set.Flag);
                lack.ByValue |= set.Shape.ValueFromPipeline;
                lack.ByName |= set.Shape.ValueFromPipelineByPropertyName;
                if (!set.TakesInput) lack.ByHand.Add(parameter);
                sets |= _current & set.Flag;
                if (!missing.Contains(parameter)) missing.Add(parameter);
            }
        }

        if (missing.Count == 0 || !expectingInput) return missing;
        if (sets == 0) sets = _current;
        if (lacks.ContainsKey(Any)) sets = _current & (spec.AllSets == 0 ? Any : spec.AllSets);
        uint byDefault = spec.DefaultSet;
        IEnumerable<Lack> rivals = lacks.Values.Where(l => !l.Shared && (l.Flag & byDefault) == 0);
        if (count > 1 && (byDefault & sets) == 0 && (byDefault & _current) != 0 && !rivals.Any(l => (l.Flag & _current) != 0 && l.ByInput)) {
            _current &= ~sets;
            sets = _current;
            if (_current == byDefault) Name(_current);
            else _preferred = byDefault;
        }

        List<ParameterSpec> Lacking(uint chosen) => [.. lacks.Values.Where(l => l.Shared || (l.Flag & chosen) != 0).SelectMany(l => l.ByHand)];
        if (Count(sets) == 0) throw Ambiguous();
        if (Count(sets) == 1) return Lacking(sets);
        if (_preferred != 0) return [];
        if ((sets & byDefault) != 0 && PrefersDefault(lacks, rivals)) {
            _current = byDefault;
            Name(_current);
            return Lacking(byDefault);
        }

        return ChooseByInput(lacks, sets, Lacking);
    }

    private bool PrefersDefault(Dictionary<uint, Lack> lacks, IEnumerable<Lack> rivals) {
        bool rivalComplete = rivals.Any(l => l.ByInput && l.ByHand.Count == 0), rivalByName = rivals.Any(l => l.ByName);
        return (lacks.TryGetValue(spec.DefaultSet, out Lack? own) && ((own.ByName && !rivalByName) || (own.ByInput && !rivalComplete)))
            || !rivalComplete || (lacks.TryGetValue(Any, out Lack? shared) && shared.ByHand.Count > 0);
    }

    private List<ParameterSpec> ChooseByInput(Dictionary<uint, Lack> lacks, uint sets, Func<uint, List<ParameterSpec>> lacking) {
        List<Lack> open = [.. lacks.Values.Where(l => !l.Shared && (l.Flag & sets) != 0)];
        List<Lack> byValue = [.. open.Where(l => l.ByValue)], byName = [.. open.Where(l => l.ByName)];
        uint oneByValue = byValue.Count == 1 ? byValue[0].Flag : 0, oneByName = byName.Count == 1 ? byName[0].Flag : 0;
        uint chosen = byValue.Count > 0 && byName.Count > 0 ? oneByValue == oneByName ? oneByValue : 0 : oneByValue | oneByName;
        bool needsHand = lacks.Values.Any(l => (l.Shared || (l.Flag & sets) != 0) && l.ByHand.Count > 0);
        if (chosen == 0 && needsHand) chosen = oneByValue;
        if (chosen != 0) {
            if (open.First(l => l.Flag == chosen).ByHand.Count > 0) _current = chosen;
            else {
                GiveUp(lacks.Values.Where(l => !l.Shared && (l.Flag & chosen) == 0).Aggregate(0u, (flags, l) => flags | l.Flag));
                if (_current != chosen) _preferred = chosen;
            }

            Name(_current);
            return lacking(chosen);
        }

        if (needsHand) {
            if (byValue.Count < 2 && byName.Count < 2) throw Ambiguous();
            GiveUp(open.Where(l => l.ByHand.Count > 0).Aggregate(0u, (flags, l) => flags | l.Flag));
            if (_current == 0) throw Ambiguous();
            if (Count(_current) == 1) Name(_current);
        }

        return [];
    }

    private void GiveUp(uint sets) {
        if (sets != 0) _current = (_current == Any ? spec.AllSets : _current) & ~sets;
    }
}
