// SPDX-License-Identifier: MIT
using System.Collections;
using System.Reflection;

namespace System.Management.Automation;

/// <summary>A member of a <see cref="PSObject"/>.</summary>
public abstract class PSMemberInfo {
    public string Name { get; private set; } = "";
    public bool IsInstance => this is not PSProperty;
    public abstract PSMemberTypes MemberType { get; }
    public abstract string TypeNameOfValue { get; }
    public abstract object? Value { get; set; }
    internal PSObject? Owner { get; set; }
    public abstract PSMemberInfo Copy();
    protected void SetMemberName(string name) => Name = name;
}

/// <summary>A member with a value.</summary>
public abstract class PSPropertyInfo : PSMemberInfo {
    public abstract bool IsGettable { get; }
    public abstract bool IsSettable { get; }
}

/// <summary>A property with a value of its own.</summary>
public class PSNoteProperty : PSPropertyInfo {
    public PSNoteProperty(string name, object? value) {
        SetMemberName(name);
        Value = value;
    }

    public override object? Value { get; set; }
    public override bool IsGettable => true;
    public override bool IsSettable => true;
    public override PSMemberTypes MemberType => PSMemberTypes.NoteProperty;
    public override string TypeNameOfValue => Value?.GetType().FullName ?? "System.Object";
    public override PSMemberInfo Copy() => new PSNoteProperty(Name, Value);
    public override string ToString() => $"{TypeNameOfValue} {Name}={Value}";
}

/// <summary>Another name of a property.</summary>
public class PSAliasProperty : PSPropertyInfo {
    public PSAliasProperty(string name, string referencedMemberName) {
        SetMemberName(name);
        ReferencedMemberName = referencedMemberName;
    }

    public string ReferencedMemberName { get; }
    public override object? Value { get => Target?.Value; set => Target!.Value = value; }
    public override bool IsGettable => true;
    public override bool IsSettable => Target?.IsSettable == true;
    public override PSMemberTypes MemberType => PSMemberTypes.AliasProperty;
    public override string TypeNameOfValue => Target?.TypeNameOfValue ?? "System.Object";
    private PSPropertyInfo? Target => Owner?.Properties[ReferencedMemberName];
    public override PSMemberInfo Copy() => new PSAliasProperty(Name, ReferencedMemberName);
    public override string ToString() => $"{Name} = {ReferencedMemberName}";
}

/// <summary>A property (or field) of the base object.</summary>
public class PSProperty : PSPropertyInfo {
    private readonly MemberInfo _member;

    internal PSProperty(MemberInfo member, PSObject owner) {
        SetMemberName(member.Name);
        (_member, Owner) = (member, owner);
    }

    public override object? Value {
        get => _member is PropertyInfo p ? p.GetValue(Owner!.BaseObject) : ((FieldInfo)_member).GetValue(Owner!.BaseObject);
        set {
            object? converted = LanguagePrimitives.ConvertTo(value, _member is PropertyInfo q ? q.PropertyType : ((FieldInfo)_member).FieldType);
            (_member as PropertyInfo)?.SetValue(Owner!.BaseObject, converted);
            (_member as FieldInfo)?.SetValue(Owner!.BaseObject, converted);
        }
    }

    public override bool IsGettable => true;
    public override bool IsSettable => _member is FieldInfo || ((PropertyInfo)_member).SetMethod is { IsPublic: true };
    public override PSMemberTypes MemberType => PSMemberTypes.Property;
    public override string TypeNameOfValue => (_member is PropertyInfo p ? p.PropertyType : ((FieldInfo)_member).FieldType).FullName!;
    public override PSMemberInfo Copy() => new PSProperty(_member, Owner!);
    public override string ToString() => $"{TypeNameOfValue} {Name}";
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

/// <summary>First what was added to the object, then what its type data say, then what its class has.</summary>
internal sealed class PropertyCollection(PSObject owner) : PSMemberInfoCollection<PSPropertyInfo> {
    public override PSPropertyInfo? this[string name] => this.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    public override void Add(PSPropertyInfo member) => Add(member, false);
    public override void Remove(string name) => owner.Own.RemoveAll(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public override void Add(PSPropertyInfo member, bool preValidated) {
        Remove(member.Name);
        member.Owner = owner;
        owner.Own.Add(member);
    }

    public override IEnumerator<PSPropertyInfo> GetEnumerator() {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        IEnumerable<PSPropertyInfo> aliases = Runspaces.Runspace.DefaultRunspace?.TypeData.AliasesOf(owner) ?? [];
        foreach (PSPropertyInfo property in (owner.HasOwn ? owner.Own : []).Concat(owner.IsCustom ? [] : OfClass()).Concat(aliases)) {
            if (seen.Add(property.Name)) {
                property.Owner ??= owner;
                yield return property;
            }
        }
    }

    private IEnumerable<PSPropertyInfo> OfClass() => owner.BaseObject.GetType().GetMembers(BindingFlags.Public | BindingFlags.Instance)
        .Where(m => m is FieldInfo || (m is PropertyInfo { GetMethod.IsPublic: true } p && p.GetIndexParameters().Length == 0))
        .Select(m => new PSProperty(m, owner));
}
