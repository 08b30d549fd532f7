// SPDX-License-Identifier: MIT
namespace System.Management.Automation;
/// <summary>A parameter that is there or not.</summary>
public readonly struct SwitchParameter(bool isPresent) {
    public bool IsPresent { get; } = isPresent;
    public static SwitchParameter Present => new(true);
    public bool ToBool() => IsPresent;
    public override bool Equals(object? obj) => obj is bool b ? b == IsPresent : obj is SwitchParameter s && s.IsPresent == IsPresent;
    public override int GetHashCode() => IsPresent.GetHashCode();
    public override string ToString() => IsPresent.ToString();
    public static implicit operator bool(SwitchParameter switchParameter) => switchParameter.IsPresent;
    public static implicit operator SwitchParameter(bool value) => new(value);
    public static bool operator ==(SwitchParameter first, SwitchParameter second) => first.IsPresent == second.IsPresent;
    public static bool operator !=(SwitchParameter first, SwitchParameter second) => first.IsPresent != second.IsPresent;
    public static bool operator ==(SwitchParameter first, bool second) => first.IsPresent == second;
    public static bool operator !=(SwitchParameter first, bool second) => first.IsPresent != second;
    public static bool operator ==(bool first, SwitchParameter second) => first == second.IsPresent;
    public static bool operator !=(bool first, SwitchParameter second) => first != second.IsPresent;
}
/// <summary>A name and a secret.</summary>
public sealed partial class PSCredential {
    public PSCredential(string userName, SecureString password) => (UserName, Password) = (
        string.IsNullOrEmpty(userName) ? throw new PSArgumentException("The user name is empty.", nameof(userName)) : userName,
        password ?? throw new PSArgumentException("The password is null.", nameof(password)));
    public NetworkCredential GetNetworkCredential() => new(UserName, Password);
}
/// <summary>One answer of a completer.</summary>
public partial class CompletionResult {
    public CompletionResult(string completionText) : this(completionText, completionText, CompletionResultType.Text, completionText) { }
}
/// <summary>Takes a credential as it comes; a name alone would need a prompt, which this host has not.</summary>
public sealed partial class CredentialAttribute : ArgumentTransformationAttribute {
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PSObject.Base(inputData) as PSCredential
        ?? throw new ArgumentTransformationMetadataException("A PSCredential is needed here; this host cannot ask for one.");
}
