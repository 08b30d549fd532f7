// SPDX-License-Identifier: MIT
namespace System.Management.Automation;
/// <summary>What a cmdlet sees of the session it runs in.</summary>
public sealed partial class SessionState {
    internal CmdletHost Session { get; private init; } = null!;
    internal static SessionState Of(CmdletHost host) => new() { Session = host, Path = new PathIntrinsics(host), PSVariable = new PSVariableIntrinsics(host) };
}
/// <summary>The session's variables.</summary>
public sealed partial class PSVariableIntrinsics {
    private readonly CmdletHost _host;
    internal PSVariableIntrinsics(CmdletHost host) => _host = host;
    public PSVariable? Get(string name) => _host.HasVariable(name) ? new PSVariable(name, _host.GetVariable(name)) : null;
    public object? GetValue(string name) => _host.GetVariable(name);
    public object? GetValue(string name, object? defaultValue) => _host.HasVariable(name) ? _host.GetVariable(name) : defaultValue;
    public void Set(string name, object? value) => _host.SetVariable(name, value);
    public void Set(PSVariable variable) => _host.SetVariable(variable.Name, variable.Value);
    public void Remove(string name) => _host.RemoveVariable(name);
}
/// <summary>Paths: this host knows files only.</summary>
public sealed partial class PathIntrinsics {
    private readonly CmdletHost _host;
    internal PathIntrinsics(CmdletHost host) => _host = host;
    public PathInfo CurrentLocation => new() { Path = _host.WorkingDirectory, ProviderPath = _host.WorkingDirectory };
    public PathInfo CurrentFileSystemLocation => CurrentLocation;
    public string Combine(string parent, string child) => IO.Path.Combine(parent, child);
    public string GetUnresolvedProviderPathFromPSPath(string path) {
        const string Prefix = "FileSystem::";
        int provider = path.IndexOf(Prefix, StringComparison.OrdinalIgnoreCase);
        path = provider < 0 ? path : path[(provider + Prefix.Length)..];
        bool home = path == "~" || path.StartsWith("~/", StringComparison.Ordinal);
        return IO.Path.GetFullPath(home ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..] : path, _host.WorkingDirectory);
    }
    public string GetUnresolvedProviderPathFromPSPath(string path, out ProviderInfo provider, out PSDriveInfo drive) {
        (provider, drive) = (new ProviderInfo { Name = "FileSystem" }, null!);
        return GetUnresolvedProviderPathFromPSPath(path);
    }
    public Collection<string> GetResolvedProviderPathFromPSPath(string path, out ProviderInfo provider) {
        provider = new ProviderInfo { Name = "FileSystem" };
        string full = GetUnresolvedProviderPathFromPSPath(path), folder = IO.Path.GetDirectoryName(full) ?? full;
        bool pattern = WildcardPattern.ContainsWildcardCharacters(path);
        if (!pattern && !IO.Path.Exists(full)) throw new ItemNotFoundException(full);
        return new Collection<string>(!pattern ? [full] : IO.Directory.Exists(folder) ? [.. IO.Directory.EnumerateFileSystemEntries(folder, IO.Path.GetFileName(full)).Order()] : []);
    }
}
