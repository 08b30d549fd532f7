// SPDX-License-Identifier: MIT
namespace System.Management.Automation;
/// <summary>A member of a <see cref="PSObject"/>.</summary>
public abstract class PSMemberInfo {
    public string Name { get; private set; } = "";
    public bool IsInstance => this is PSNoteProperty;
    public abstract PSMemberTypes MemberType { get; }
    public virtual string TypeNameOfValue => Value?.GetType().FullName ?? "System.Object";
    public abstract object? Value { get; set; }
    public abstract PSMemberInfo Copy();
    protected void SetMemberName(string name) => Name = name;
}
/// <summary>A member with a value.</summary>
public abstract class PSPropertyInfo : PSMemberInfo {
    public virtual bool IsGettable => true;
    public virtual bool IsSettable => true;
}
/// <summary>A property with a value of its own.</summary>
public class PSNoteProperty : PSPropertyInfo {
    public PSNoteProperty(string name, object? value) {
        SetMemberName(name);
        Value = value;
    }
    public override object? Value { get; set; }
    public override PSMemberTypes MemberType => PSMemberTypes.NoteProperty;
    public override PSMemberInfo Copy() => new PSNoteProperty(Name, Value);
}
/// <summary>A property (or field) of the base object, under its own name or, by type data, another.</summary>
public class PSProperty : PSPropertyInfo {
    private readonly MemberInfo _member;
    private readonly object _of;
    internal PSProperty(MemberInfo member, object of, string? alias = null) {
        SetMemberName(alias ?? member.Name);
        (_member, _of) = (member, of);
    }
    public override object? Value {
        get => _member is PropertyInfo p ? p.GetValue(_of) : ((FieldInfo)_member).GetValue(_of);
        set {
            if (_member is PropertyInfo p) p.SetValue(_of, LanguagePrimitives.ConvertTo(value, p.PropertyType));
            else ((FieldInfo)_member).SetValue(_of, LanguagePrimitives.ConvertTo(value, ((FieldInfo)_member).FieldType));
        }
    }
    public override bool IsSettable => _member is FieldInfo || ((PropertyInfo)_member).SetMethod is { IsPublic: true };
    public override PSMemberTypes MemberType => Name == _member.Name ? PSMemberTypes.Property : PSMemberTypes.AliasProperty;
    public override PSMemberInfo Copy() => new PSProperty(_member, _of, Name);
}
/// <summary>The members of an object, by name.</summary>
public abstract class PSMemberInfoCollection<T> : IEnumerable<T> where T : PSMemberInfo {
    public abstract T? this[string name] { get; }
    public abstract void Add(T member);
    public abstract void Add(T member, bool preValidated);
    public abstract void Remove(string name);
    public abstract IEnumerator<T> GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
/// <summary>First what was added to the object, then what its class has, then what its type data say.</summary>
internal sealed class PropertyCollection(PSObject owner) : PSMemberInfoCollection<PSPropertyInfo> {
    public override PSPropertyInfo? this[string name] => this.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    public override void Add(PSPropertyInfo member) => Add(member, false);
    public override void Remove(string name) => owner.Own.RemoveAll(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    public override void Add(PSPropertyInfo member, bool preValidated) {
        Remove(member.Name);
        owner.Own.Add(member);
    }
    public override IEnumerator<PSPropertyInfo> GetEnumerator() {
        List<PSPropertyInfo> ofClass = owner.IsCustom ? [] : [.. owner.BaseObject.GetType().GetMembers(BindingFlags.Public | BindingFlags.Instance)
            .Where(m => m is FieldInfo || (m is PropertyInfo { GetMethod.IsPublic: true } p && p.GetIndexParameters().Length == 0)).Select(m => new PSProperty(m, owner.BaseObject))];
        IEnumerable<PSPropertyInfo> aliases = Runspace.DefaultRunspace?.TypeData.AliasesOf(owner) ?? [];
        return owner.Own.Concat(ofClass).Concat(aliases).DistinctBy(p => p.Name, StringComparer.OrdinalIgnoreCase).GetEnumerator();
    }
}
