// SPDX-License-Identifier: MIT
using System.Collections.ObjectModel;

namespace System.Management.Automation;

/// <summary>What a cmdlet sees of the session it runs in.</summary>
public sealed class SessionState {
    internal SessionState(CmdletHost session) => (Session, Path, PSVariable) = (session, new PathIntrinsics(session), new PSVariableIntrinsics(session));
    public PathIntrinsics Path { get; }
    public PSVariableIntrinsics PSVariable { get; }
    internal CmdletHost Session { get; }
}

/// <summary>The engine, as attributes and completers see it.</summary>
public class EngineIntrinsics {
    internal EngineIntrinsics(SessionState session) => SessionState = session;
    public SessionState SessionState { get; }
    public Host.PSHost Host => SessionState.Session.PSHost;
}

/// <summary>A variable.</summary>
public class PSVariable(string name, object? value) {
    public PSVariable(string name) : this(name, null) { }
    public string Name { get; } = name;
    public virtual object? Value { get; set; } = value;
}

/// <summary>The session's variables.</summary>
public sealed class PSVariableIntrinsics {
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
public sealed class PathIntrinsics {
    private readonly CmdletHost _host;
    internal PathIntrinsics(CmdletHost host) => _host = host;
    public PathInfo CurrentLocation => new(_host.WorkingDirectory);
    public PathInfo CurrentFileSystemLocation => CurrentLocation;
    public string Combine(string parent, string child) => IO.Path.Combine(parent, child);

    public string GetUnresolvedProviderPathFromPSPath(string path) {
        const string Prefix = "FileSystem::";
        int provider = path.IndexOf(Prefix, StringComparison.OrdinalIgnoreCase);
        path = provider < 0 ? path : path[(provider + Prefix.Length)..];
        path = path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..] : path;
        return IO.Path.GetFullPath(path, _host.WorkingDirectory);
    }

    public string GetUnresolvedProviderPathFromPSPath(string path, out ProviderInfo provider, out PSDriveInfo drive) {
        (provider, drive) = (ProviderInfo.FileSystem, new PSDriveInfo());
        return GetUnresolvedProviderPathFromPSPath(path);
    }

    public Collection<string> GetResolvedProviderPathFromPSPath(string path, out ProviderInfo provider) {
        provider = ProviderInfo.FileSystem;
        string full = GetUnresolvedProviderPathFromPSPath(path);
        string folder = IO.Path.GetDirectoryName(full) ?? full;
        List<string> found = !WildcardPattern.ContainsWildcardCharacters(path) ? IO.Path.Exists(full) ? [full] : []
            : IO.Directory.Exists(folder) ? [.. IO.Directory.EnumerateFileSystemEntries(folder, IO.Path.GetFileName(full)).Order()] : [];
        return found.Count > 0 || WildcardPattern.ContainsWildcardCharacters(path) ? new Collection<string>(found)
            : throw new RuntimeException($"Cannot find path '{full}' because it does not exist.", "PathNotFound", ErrorCategory.ObjectNotFound, path);
    }
}

/// <summary>A place.</summary>
public sealed class PathInfo {
    internal PathInfo(string path) => Path = path;
    public string Path { get; }
    public string ProviderPath => Path;
    public ProviderInfo Provider => ProviderInfo.FileSystem;
    public override string ToString() => Path;
}

/// <summary>What a path belongs to: files, always.</summary>
public class ProviderInfo {
    internal static readonly ProviderInfo FileSystem = new();
    internal ProviderInfo() { }

    public string Name => "FileSystem";
    public override string ToString() => Name;
}

/// <summary>A drive; there is one.</summary>
public class PSDriveInfo {
    internal PSDriveInfo() { }

    public string Name => "/";
}
