// SPDX-License-Identifier: MIT
using System.Collections.ObjectModel;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace System.Management.Automation;

/// <summary>Stands for the base object of an object that has only members of its own.</summary>
public class PSCustomObject {
    internal static readonly PSCustomObject Instance = new();
    internal PSCustomObject() { }

    public override string ToString() => "";
}

/// <summary>A wrapper that lets members be added to any object.</summary>
public class PSObject : IFormattable, IComparable {
    // Members added to an object are found again through any other wrapper of it, as in PowerShell.
    private static readonly ConditionalWeakTable<object, List<PSPropertyInfo>> Added = [];
    private readonly object _baseObject;
    private List<PSPropertyInfo>? _own;
    private Collection<string>? _typeNames;

    public PSObject() => _baseObject = PSCustomObject.Instance;

    public PSObject(object obj) {
        ArgumentNullException.ThrowIfNull(obj);
        _baseObject = obj is PSObject other ? other._baseObject : obj;
        _own = (obj as PSObject)?._own ?? (_baseObject is ValueType or string ? null : Added.TryGetValue(_baseObject, out List<PSPropertyInfo>? known) ? known : null);
    }

    public object BaseObject => _baseObject;
    public object ImmediateBaseObject => _baseObject;
    public PSMemberInfoCollection<PSPropertyInfo> Properties => new PropertyCollection(this);
    public Collection<string> TypeNames => _typeNames ??= new Collection<string>(NamesOf(_baseObject.GetType()));
    internal List<PSPropertyInfo> Own => _own ??= IsCustom || _baseObject is ValueType or string ? [] : Added.GetOrCreateValue(_baseObject);
    internal bool HasOwn => _own is { Count: > 0 };
    internal bool IsCustom => ReferenceEquals(_baseObject, PSCustomObject.Instance);

    /// <summary>A number as it stood in the script: what a string parameter gets.</summary>
    internal string? TokenText { get; init; }

    public static PSObject AsPSObject(object obj) => obj as PSObject ?? new PSObject(obj);
    internal static object? Base(object? value) => value is PSObject { IsCustom: false } wrapped ? wrapped._baseObject : value;

    public virtual PSObject Copy() {
        PSObject copy = IsCustom ? new PSObject() : new PSObject(_baseObject) { _own = null };
        copy._own = _own is null ? null : [.. _own.Select(p => (PSPropertyInfo)p.Copy())];
        copy._own?.ForEach(p => p.Owner = copy);
        copy._typeNames = _typeNames is null ? null : new Collection<string>([.. _typeNames]);
        return copy;
    }

    public int CompareTo(object? obj) => Comparer<object>.Default.Compare(_baseObject, Base(obj));
    public override bool Equals(object? obj) => ReferenceEquals(this, obj) || (!IsCustom && Equals(_baseObject, Base(obj)));
    public override int GetHashCode() => IsCustom ? RuntimeHelpers.GetHashCode(this) : _baseObject.GetHashCode();
    public override string ToString() => ToString(null, CultureInfo.InvariantCulture);
    public string ToString(string? format, IFormatProvider? formatProvider) => TokenText
        ?? (IsCustom ? "@{" + string.Join("; ", Properties.Select(p => $"{p.Name}={p.Value}")) + "}"
        : LanguagePrimitives.GetEnumerable(_baseObject) is { } many && _baseObject is not string
            ? string.Join(' ', many.Cast<object?>().Select(e => Convert.ToString(e, CultureInfo.InvariantCulture)))
            : _baseObject is IFormattable f ? f.ToString(format, formatProvider) : _baseObject.ToString() ?? "");

    public static implicit operator PSObject(string valueToConvert) => AsPSObject(valueToConvert);
    public static implicit operator PSObject(int valueToConvert) => AsPSObject(valueToConvert);
    public static implicit operator PSObject(bool valueToConvert) => AsPSObject(valueToConvert);

    private static List<string> NamesOf(Type type) {
        List<string> names = [];
        for (Type? t = type; t is not null; t = t.BaseType) {
            names.Add(t.ToString().Contains('`', StringComparison.Ordinal) ? t.ToString() : t.FullName ?? t.Name);
        }

        return names;
    }
}
