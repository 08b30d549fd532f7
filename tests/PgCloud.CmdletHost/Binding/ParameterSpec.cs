// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Binding;
/// <summary>What a parameter is in one parameter set; flag 0 stands for all sets.</summary>
internal sealed record SetSpec(uint Flag, ParameterAttribute Shape) {
    internal bool InAllSets => Flag == 0;
    internal bool TakesInput => Shape.ValueFromPipeline || Shape.ValueFromPipelineByPropertyName;
}

/// <summary>A parameter, read from a property's attributes.</summary>
internal sealed class ParameterSpec {
    private readonly PropertyInfo _property;
    private readonly Attribute[] _attributes;
    private ParameterSpec(PropertyInfo property, List<string> setNames, bool declared) {
        (_property, _attributes, Declared) = (property, [.. property.GetCustomAttributes()], declared);
        Aliases = [.. _attributes.OfType<AliasAttribute>().SelectMany(a => a.AliasNames)];
        Transformations = [.. _attributes.OfType<ArgumentTransformationAttribute>()];
        Validations = [.. _attributes.OfType<ValidateArgumentsAttribute>()];
        Sets = [.. _attributes.OfType<ParameterAttribute>().Select(a => new SetSpec(CommandSpec.FlagOf(a.ParameterSetName, setNames), a))];
        Flags = Sets.Aggregate(0u, (flags, s) => flags | s.Flag);
        (IsCollection, Element) = CollectionOf(Type);
    }

    internal string Name => _property.Name;
    internal Type Type => _property.PropertyType;
    internal Type? Element { get; }
    internal bool IsCollection { get; }
    internal bool Declared { get; }
    internal string[] Aliases { get; }
    internal SetSpec[] Sets { get; }
    internal uint Flags { get; }
    internal bool IsMandatorySomewhere => Sets.Any(s => s.Shape.Mandatory);
    internal ArgumentTransformationAttribute[] Transformations { get; }
    internal ValidateArgumentsAttribute[] Validations { get; }
    internal bool Allows<T>() => _attributes.OfType<T>().Any();
    internal IEnumerable<SetSpec> In(uint sets) => Sets.Where(s => s.InAllSets || (s.Flag & sets) != 0);
    internal object? Get(object target) => _property.GetValue(target);
    // Reflection would make null of a number 0; PowerShell refuses it.
    internal void Set(object target, object? value) => _property.SetValue(target, value is null && Type.IsValueType && Nullable.GetUnderlyingType(Type) is null ? throw new NullReferenceException() : value);
    internal static IEnumerable<ParameterSpec> Of(Type type, List<string> setNames, bool declared) => type.GetProperties()
        .Where(p => p.IsDefined(typeof(ParameterAttribute), true) && p.SetMethod is { IsPublic: true }).Select(p => new ParameterSpec(p, setNames, declared));
    private static (bool, Type?) CollectionOf(Type type) => type.IsArray ? (true, type.GetElementType())
        : typeof(IDictionary).IsAssignableFrom(type) || type == typeof(string) ? (false, null)
        : type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICollection<>)) is { } generic
            ? (true, generic.GetGenericArguments()[0]) : (typeof(IList).IsAssignableFrom(type), null);
}

/// <summary>A command: its class, its parameters and its sets.</summary>
internal sealed class CommandSpec {
    private readonly List<string> _sets = [];
    internal CommandSpec(Type type) {
        (Type, Attribute) = (type, type.GetCustomAttribute<CmdletAttribute>()!);
        Info = new CmdletInfo($"{Attribute.VerbName}-{Attribute.NounName}", type) { Verb = Attribute.VerbName, Noun = Attribute.NounName };
        List<ParameterSpec> own = [.. ParameterSpec.Of(type, _sets, true)];
        DefaultSet = Attribute.DefaultParameterSetName is { Length: > 0 } name ? FlagOf(name, _sets) : 0;
        Parameters = [.. own, .. ParameterSpec.Of(typeof(CommonParameterValues), _sets, false), .. Attribute.SupportsShouldProcess ? ParameterSpec.Of(typeof(ShouldProcessValues), _sets, false) : []];
    }

    internal Type Type { get; }
    internal CmdletAttribute Attribute { get; }
    internal CmdletInfo Info { get; }
    internal IReadOnlyList<ParameterSpec> Parameters { get; }
    internal int SetCount => _sets.Count;
    internal uint DefaultSet { get; }
    internal uint AllSets => (uint)((1UL << SetCount) - 1);
    internal string SetName(uint flag) => flag is not (0 or uint.MaxValue) ? _sets[System.Numerics.BitOperations.TrailingZeroCount(flag)]
        : DefaultSet != 0 ? SetName(DefaultSet) : ParameterAttribute.AllParameterSets;
    internal static uint FlagOf(string set, List<string> names) {
        if (set.Length == 0 || set == ParameterAttribute.AllParameterSets) return 0;
        if (!names.Contains(set, StringComparer.OrdinalIgnoreCase)) names.Add(set);
        return 1u << names.FindIndex(n => n.Equals(set, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>An argument as it was given: a name, a value, or both.</summary>
internal sealed record Argument(string? Name, object? Value, bool HasValue);

/// <summary>The parameters every cmdlet has; null means not given.</summary>
internal sealed class CommonParameterValues {
    [Parameter, Alias("vb")] public SwitchParameter? Verbose { get; set; }
    [Parameter, Alias("db")] public SwitchParameter? Debug { get; set; }
    [Parameter, Alias("ea")] public ActionPreference? ErrorAction { get; set; }
    [Parameter, Alias("wa")] public ActionPreference? WarningAction { get; set; }
    [Parameter, Alias("infa")] public ActionPreference? InformationAction { get; set; }
    [Parameter, Alias("proga")] public ActionPreference? ProgressAction { get; set; }
    [Parameter, Alias("ev")] public string? ErrorVariable { get; set; }
    [Parameter, Alias("wv")] public string? WarningVariable { get; set; }
    [Parameter, Alias("iv")] public string? InformationVariable { get; set; }
    [Parameter, Alias("ov")] public string? OutVariable { get; set; }
    [Parameter, Alias("ob")] public int OutBuffer { get; set; }
    [Parameter, Alias("pv")] public string? PipelineVariable { get; set; }
}

/// <summary>The parameters of cmdlets that ask before they act.</summary>
internal sealed class ShouldProcessValues {
    [Parameter, Alias("wi")] public SwitchParameter? WhatIf { get; set; }
    [Parameter, Alias("cf")] public SwitchParameter? Confirm { get; set; }
}
