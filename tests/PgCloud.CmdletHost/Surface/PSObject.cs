// SPDX-License-Identifier: MIT
namespace System.Management.Automation;
/// <summary>A wrapper that lets members be added to any object.</summary>
public class PSObject : IFormattable, IComparable {
    // Members added to an object are found again through any other wrapper of it, as in PowerShell.
    private static readonly ConditionalWeakTable<object, List<PSPropertyInfo>> Added = [];
    // The base object of an object that has only members of its own.
    private static readonly PSCustomObject Custom = new();
    private List<PSPropertyInfo>? _own;
    private Collection<string>? _typeNames;
    public PSObject() => BaseObject = Custom;
    public PSObject(object obj) {
        ArgumentNullException.ThrowIfNull(obj);
        BaseObject = obj is PSObject other ? other.BaseObject : obj;
        _own = (obj as PSObject)?._own ?? (BaseObject is not (ValueType or string) && Added.TryGetValue(BaseObject, out List<PSPropertyInfo>? known) ? known : null);
    }
    public object BaseObject { get; }
    public object ImmediateBaseObject => BaseObject;
    public PSMemberInfoCollection<PSPropertyInfo> Properties => new PropertyCollection(this);
    public Collection<string> TypeNames => _typeNames ??= [.. NamesOf(BaseObject.GetType())];
    internal List<PSPropertyInfo> Own => _own ??= IsCustom || BaseObject is ValueType or string ? [] : Added.GetValue(BaseObject, _ => []);
    internal bool IsCustom => ReferenceEquals(BaseObject, Custom);
    /// <summary>A number as it stood in the script: what a string parameter gets.</summary>
    internal string? TokenText { get; init; }
    public static PSObject AsPSObject(object obj) => obj as PSObject ?? new PSObject(obj);
    internal static object? Base(object? value) => value is PSObject { IsCustom: false } wrapped ? wrapped.BaseObject : value;
    public virtual PSObject Copy() {
        PSObject copy = IsCustom ? new PSObject() : new PSObject(BaseObject);
        (copy._own, copy._typeNames) = ([.. Own.Select(p => (PSPropertyInfo)p.Copy())], [.. TypeNames]);
        return copy;
    }
    public int CompareTo(object? obj) => Comparer<object>.Default.Compare(BaseObject, Base(obj));
    public override bool Equals(object? obj) => ReferenceEquals(this, obj) || (!IsCustom && Equals(BaseObject, Base(obj)));
    public override int GetHashCode() => IsCustom ? RuntimeHelpers.GetHashCode(this) : BaseObject.GetHashCode();
    public override string ToString() => ToString(null, CultureInfo.InvariantCulture);
    public string ToString(string? format, IFormatProvider? formatProvider) => TokenText
        ?? (IsCustom ? "@{" + string.Join("; ", Properties.Select(p => $"{p.Name}={p.Value}")) + "}"
        : LanguagePrimitives.GetEnumerable(BaseObject) is { } many ? string.Join(' ', many.Cast<object?>().Select(e => Convert.ToString(e, CultureInfo.InvariantCulture)))
        : BaseObject is IFormattable f ? f.ToString(format, formatProvider) : BaseObject.ToString() ?? "");
    public static implicit operator PSObject(string valueToConvert) => AsPSObject(valueToConvert);
    public static implicit operator PSObject(int valueToConvert) => AsPSObject(valueToConvert);
    public static implicit operator PSObject(bool valueToConvert) => AsPSObject(valueToConvert);
    private static IEnumerable<string> NamesOf(Type? type) => type is null ? [] : NamesOf(type.BaseType).Prepend(type.IsGenericType ? type.ToString() : type.FullName ?? type.Name);
}
