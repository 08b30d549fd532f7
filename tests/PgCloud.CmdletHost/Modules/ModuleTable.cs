// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Modules;
/// <summary>The loaded modules and their commands.</summary>
internal sealed class ModuleTable : IDisposable {
    private readonly Dictionary<string, (CommandSpec Spec, PSModuleInfo? Module)> _commands = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, PSModuleInfo> _modules = new(StringComparer.OrdinalIgnoreCase);
    private readonly CmdletHost _host;
    internal ModuleTable(CmdletHost host) {
        _host = host;
        foreach (CommandSpec spec in CmdletsOf(typeof(ModuleTable).Assembly)) Add(spec, null);
    }
    public void Dispose() => _modules.Keys.ToList().ForEach(Remove);
    internal CommandSpec? Find(string name) => _commands.TryGetValue(name[(name.IndexOf('\\', StringComparison.Ordinal) + 1)..], out var found) ? found.Spec : null;
    internal PSModuleInfo Import(string path) {
        Manifest manifest = new(path);
        string? missing = new[] { path, manifest.Assembly }.FirstOrDefault(f => !File.Exists(f));
        if (missing is not null) throw new RuntimeException($"The module '{path}' was not loaded: there is no {missing}.", "Modules_ModuleNotFound", ErrorCategory.ResourceUnavailable, path);
        Assembly assembly = Load(manifest.Assembly);
        string name = Path.GetFileNameWithoutExtension(path);
        Remove(name);
        PSModuleInfo module = new(false) { Name = name, Path = path, ModuleBase = Path.GetDirectoryName(path)!, Version = manifest.Version, ImplementingAssembly = assembly };
        Runspace? before = Runspace.DefaultRunspace;
        Runspace.DefaultRunspace = _host.Runspace;
        try {
            foreach (IModuleAssemblyInitializer initializer in Made<IModuleAssemblyInitializer>(assembly)) initializer.OnImport();
        }
        finally {
            Runspace.DefaultRunspace = before;
        }
        foreach (CommandSpec spec in CmdletsOf(assembly).Where(s => manifest.Exports("CmdletsToExport", s.Info.Name))) {
            (spec.Info.Module, module.ExportedCmdlets[spec.Info.Name]) = (module, spec.Info);
            Add(spec, module);
        }
        manifest.Files("TypesToProcess").ForEach(_host.Views.LoadTypes);
        manifest.Files("FormatsToProcess").ForEach(_host.Views.LoadFormats);
        return _modules[name] = module;
    }
    internal void Remove(string name) {
        if (!_modules.Remove(name, out PSModuleInfo? module)) return;
        foreach (string command in _commands.Where(c => c.Value.Module == module).Select(c => c.Key).ToList()) _commands.Remove(command);
        foreach (IModuleAssemblyCleanup cleanup in Made<IModuleAssemblyCleanup>(module.ImplementingAssembly)) cleanup.OnRemove(module);
    }
    private void Add(CommandSpec spec, PSModuleInfo? module) {
        foreach (string name in (spec.Type.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).Prepend(spec.Info.Name)) _commands[name] = (spec, module);
    }
    // A second host in the process, or a test that references the module's project, has it loaded already.
    private static Assembly Load(string path) {
        AssemblyName wanted = AssemblyName.GetAssemblyName(path);
        return AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => AssemblyName.ReferenceMatchesDefinition(a.GetName(), wanted)
            && System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(a) == System.Runtime.Loader.AssemblyLoadContext.Default) ?? Assembly.LoadFrom(path);
    }
    private static IEnumerable<CommandSpec> CmdletsOf(Assembly assembly) =>
        assembly.GetTypes().Where(t => !t.IsAbstract && t.IsDefined(typeof(CmdletAttribute), false)).Select(t => new CommandSpec(t));
    private static IEnumerable<T> Made<T>(Assembly assembly) => assembly.GetTypes().Where(t => t.IsClass && !t.IsAbstract && typeof(T).IsAssignableFrom(t)).Select(t => (T)Activator.CreateInstance(t)!);
}
