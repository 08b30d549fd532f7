// SPDX-License-Identifier: MIT

using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OldPackages;

/// <summary>Uses the packages this module brings and says which versions answered, in which load contexts.</summary>
[Cmdlet(VerbsOther.Use, "OldPackages")]
[OutputType(typeof(PackageUse))]
public sealed class UseOldPackagesCommand : PSCmdlet
{
    private static readonly Lazy<Assembly> Json = new(LoadJson);

    protected override void EndProcessing()
    {
        object? token = Json.Value.GetType("Newtonsoft.Json.Linq.JToken", throwOnError: true)!
            .GetMethod("Parse", [typeof(string)])!.Invoke(null, ["{\"answer\": 42}"]);
        WriteObject(new PackageUse(Json.Value, token!.ToString()!.Contains("42", StringComparison.Ordinal)));

        ILogger logger = NullLogger.Instance;
        logger.Log(LogLevel.Information, default, "answer", null, (state, _) => state);
        WriteObject(new PackageUse(typeof(NullLogger).Assembly, !logger.IsEnabled(LogLevel.Critical)));
    }

    // A static reference would end at the Newtonsoft.Json that PowerShell brings.
    private static Assembly LoadJson() => new AssemblyLoadContext("OldPackages").LoadFromAssemblyPath(
        Path.Combine(Path.GetDirectoryName(typeof(UseOldPackagesCommand).Assembly.Location)!, "Newtonsoft.Json.dll"));
}

/// <summary>A package that was used.</summary>
public sealed class PackageUse(Assembly assembly, bool works)
{
    public string Name { get; } = assembly.GetName().Name!;

    public string Version { get; } = assembly.GetName().Version!.ToString();

    public string Context { get; } = AssemblyLoadContext.GetLoadContext(assembly)!.Name!;

    public bool Works { get; } = works;
}
