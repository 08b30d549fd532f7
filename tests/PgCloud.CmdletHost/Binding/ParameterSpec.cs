// SPDX-License-Identifier: MIT
using System.Collections;
using System.Reflection;

namespace PgCloud.Hosting.Binding;

/// <summary>What a parameter is in one parameter set; flag 0 stands for all sets.</summary>
internal sealed record SetSpec(uint Flag, ParameterAttribute Shape) {
    internal bool InAllSets => Flag == 0;
    internal bool TakesInput => Shape.ValueFromPipeline || Shape.ValueFromPipelineByPropertyName;
}

/// <summary>A parameter, read from a property's attributes.</summary>
internal sealed class ParameterSpec {
    private readonly PropertyInfo _property;

    private ParameterSpec(PropertyInfo property, List<string> setNames, bool declared) {
        (_property, Declared) = (property, declared);
        Attribute[] all = [.. property.GetCustomAttributes()];
        Aliases = [.. all.OfType<AliasAttribute>().SelectMany(a => a.AliasNames)];
        Transformations = [.. all.OfType<ArgumentTransformationAttribute>()];
        Validations = [.. all.OfType<ValidateArgumentsAttribute>()];
        AllowsNull = all.OfType<AllowNullAttribute>().Any();
        AllowsEmptyString = all.OfType<AllowEmptyStringAttribute>().Any();
        AllowsEmptyCollection = all.OfType<AllowEmptyCollectionAttribute>().Any();
        Sets = [.. all.OfType<ParameterAttribute>().Select(a => new SetSpec(FlagOf(a.ParameterSetName, setNames), a))];
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
    internal bool InAllSets => Sets.Any(s => s.InAllSets);
    internal bool IsMandatorySomewhere => Sets.Any(s => s.Shape.Mandatory);
    internal bool AllowsNull { get; }
    internal bool AllowsEmptyString { get; }
    internal bool AllowsEmptyCollection { get; }
    internal ArgumentTransformationAttribute[] Transformations { get; }
    internal ValidateArgumentsAttribute[] Validations { get; }

    internal IEnumerable<SetSpec> In(uint sets) => Sets.Where(s => s.InAllSets || (s.Flag & sets) != 0);
    internal object? Get(object target) => _property.GetValue(target);
    internal void Set(object target, object? value) => _property.SetValue(target, value);

    internal static IEnumerable<ParameterSpec> Of(Type type, List<string> setNames, bool declared) =>
        type.GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute), true) && p.SetMethod is { IsPublic: true }).Select(p => new ParameterSpec(p, setNames, declared));

    internal static IEnumerable<string> NamesOf(Type type) => type.GetProperties().Select(p => p.Name);

    private static uint FlagOf(string set, List<string> names) {
        if (set == ParameterAttribute.AllParameterSets) return 0;
        int index = names.FindIndex(n => n.Equals(set, StringComparison.OrdinalIgnoreCase));
        if (index < 0) {
            index = names.Count;
            names.Add(set);
        }

        return 1u << index;
    }

    private static (bool, Type?) CollectionOf(Type type) => type.IsArray ? (true, type.GetElementType())
        : typeof(IDictionary).IsAssignableFrom(type) || type == typeof(string) ? (false, null)
        : type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICollection<>)) is { } generic
            ? (true, generic.GetGenericArguments()[0])
        : (typeof(IList).IsAssignableFrom(type), null);
}

/// <summary>A command: its class, its parameters and its sets.</summary>
internal sealed class CommandSpec {
    internal CommandSpec(Type type) {
        (Type, Attribute) = (type, type.GetCustomAttribute<CmdletAttribute>()!);
        List<string> sets = [];
        List<ParameterSpec> parameters = [.. ParameterSpec.Of(type, sets, true)];
        if (Attribute.DefaultParameterSetName is { Length: > 0 } name && name != ParameterAttribute.AllParameterSets) {
            int index = sets.FindIndex(s => s.Equals(name, StringComparison.OrdinalIgnoreCase));
            DefaultSet = 1u << (index < 0 ? sets.Count : index);
            if (index < 0) sets.Add(name);
        }

        parameters.AddRange(ParameterSpec.Of(typeof(CommonParameterValues), sets, false));
        parameters.AddRange(Attribute.SupportsShouldProcess ? ParameterSpec.Of(typeof(ShouldProcessValues), sets, false) : []);
        (Parameters, SetNames, Info) = (parameters, sets, new CmdletInfo($"{Attribute.VerbName}-{Attribute.NounName}", type));
    }

    internal Type Type { get; }
    internal CmdletAttribute Attribute { get; }
    internal CmdletInfo Info { get; }
    internal IReadOnlyList<ParameterSpec> Parameters { get; }
    internal IReadOnlyList<string> SetNames { get; }
    internal uint DefaultSet { get; }
    internal uint AllSets => SetNames.Count == 32 ? uint.MaxValue : (1u << SetNames.Count) - 1;

    internal string SetName(uint flag) {
        int index = System.Numerics.BitOperations.TrailingZeroCount(flag);
        return flag is not (0 or uint.MaxValue) && index < SetNames.Count ? SetNames[index]
            : DefaultSet != 0 ? SetName(DefaultSet) : ParameterAttribute.AllParameterSets;
    }
}
