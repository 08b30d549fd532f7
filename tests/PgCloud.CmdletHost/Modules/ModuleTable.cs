// SPDX-License-Identifier: MIT
using System.Reflection;

namespace PgCloud.Hosting.Modules;

/// <summary>The loaded modules and their commands.</summary>
internal sealed class ModuleTable : IDisposable {
    private readonly Dictionary<string, (CommandSpec Spec, PSModuleInfo? Module)> _commands = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, PSModuleInfo> _modules = new(StringComparer.OrdinalIgnoreCase);
    private readonly CmdletHost _host;

    internal ModuleTable(CmdletHost host) {
        _host = host;
        foreach (Type type in CmdletsOf(typeof(ModuleTable).Assembly)) Add(new CommandSpec(type), null, []);
    }

    public void Dispose() {
        foreach (string name in _modules.Keys.ToList()) Remove(name);
    }

    internal CommandSpec? Find(string name) => _commands.TryGetValue(name[(name.IndexOf('\\', StringComparison.Ordinal) + 1)..], out var found) ? found.Spec : null;

    internal PSModuleInfo Import(string path) {
        Manifest manifest = path.EndsWith(".psd1", StringComparison.OrdinalIgnoreCase) ? Manifest.Read(path) : new Manifest(path);
        if (!File.Exists(manifest.Assembly)) throw new RuntimeException($"The module '{path}' was not loaded: there is no {manifest.Assembly}.", "Modules_ModuleNotFound", ErrorCategory.ResourceUnavailable, path);
        Assembly assembly = Load(manifest.Assembly);
        string name = Path.GetFileNameWithoutExtension(path);
        Remove(name);
        PSModuleInfo module = new(name, path, manifest.Version, assembly);
        Runspace? before = Runspace.DefaultRunspace;
        Runspace.DefaultRunspace = _host.Runspace;
        try {
            foreach (IModuleAssemblyInitializer initializer in Made<IModuleAssemblyInitializer>(assembly)) initializer.OnImport();
        }
        finally {
            Runspace.DefaultRunspace = before;
        }

        foreach (Type type in CmdletsOf(assembly)) {
            CommandSpec spec = new(type);
            if (!manifest.Exports("CmdletsToExport", spec.Info.Name)) continue;
            module.ExportedCmdlets[spec.Info.Name] = spec.Info;
            spec.Info.Module = module;
            Add(spec, module, type.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []);
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

    private void Add(CommandSpec spec, PSModuleInfo? module, IEnumerable<string> aliases) {
        foreach (string name in aliases.Prepend(spec.Info.Name)) _commands[name] = (spec, module);
    }

    // A second host in the process, or a test that references the module's project, has it loaded already.
    private static Assembly Load(string path) {
        AssemblyName wanted = AssemblyName.GetAssemblyName(path);
        return AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => AssemblyName.ReferenceMatchesDefinition(a.GetName(), wanted)
            && System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(a) == System.Runtime.Loader.AssemblyLoadContext.Default) ?? Assembly.LoadFrom(path);
    }

    private static IEnumerable<Type> CmdletsOf(Assembly assembly) => assembly.GetTypes().Where(t => !t.IsAbstract && t.IsDefined(typeof(CmdletAttribute), false));
    private static IEnumerable<T> Made<T>(Assembly assembly) => assembly.GetTypes().Where(t => t.IsClass && !t.IsAbstract && typeof(T).IsAssignableFrom(t)).Select(t => (T)Activator.CreateInstance(t)!);
}
