// SPDX-License-Identifier: MIT

using System.Reflection;
using System.Runtime.Loader;
using PgCloud.Contracts;

namespace PgCloud.Loading;

/// <summary>
///   The load context in which the engine and its packages live, apart from those of PowerShell and of other modules: another module's
///   Newtonsoft.Json or Npgsql, older or newer, neither sees ours nor is seen by it.
/// </summary>
internal sealed class EngineLoadContext : AssemblyLoadContext
{
    private static readonly Lazy<IEngine> Loaded = new(Load);

    private readonly AssemblyDependencyResolver _resolver;

    private EngineLoadContext(string enginePath)
        : base("PgCloud") => _resolver = new AssemblyDependencyResolver(enginePath);

    /// <summary>The engine; loaded at the first call, since importing the module should cost next to nothing.</summary>
    internal static IEngine Engine => Loaded.Value;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The engine's own reference to PgCloud.dll must end at the assembly that is running here, even where another copy of the module
        // is loaded in the same process.
        Assembly contracts = typeof(EngineLoadContext).Assembly;
        if (assemblyName.Name == contracts.GetName().Name)
        {
            return contracts;
        }

        return FrameworkHas(assemblyName) ? null
            : _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path)
            : null;
    }

    // Npgsql 10 needs System.Diagnostics.DiagnosticSource 9, which .NET 8 (PowerShell 7.4) does not have and the engine therefore brings
    // along. Newer runtimes have it, precompiled: ours would only be slower there.
    private static bool FrameworkHas(AssemblyName assemblyName) =>
        assemblyName.Name == "System.Diagnostics.DiagnosticSource" && Environment.Version.Major >= assemblyName.Version?.Major;

    private static IEngine Load()
    {
        string moduleDirectory = Path.GetDirectoryName(typeof(EngineLoadContext).Assembly.Location)!;
        string enginePath = Path.Combine(moduleDirectory, "deps", "PgCloud.Engine.dll");
        Assembly engine = new EngineLoadContext(enginePath).LoadFromAssemblyPath(enginePath);
        return (IEngine)Activator.CreateInstance(engine.GetType("PgCloud.Engine.Engine", throwOnError: true)!)!;
    }
}
