// SPDX-License-Identifier: MIT

using System.Diagnostics;

namespace PgCloud.Benchmarks;

/// <summary>A temporary directory that a server's account can enter, with script files in it.</summary>
internal sealed class Workspace : IDisposable
{
    internal Workspace()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, (UnixFileMode)Convert.ToInt32("755", 8));
        }
    }

    /// <summary>The directory.</summary>
    internal string Path { get; } = Directory.CreateTempSubdirectory("pgcloud-bench-").FullName;

    /// <summary>Writes a script and gives its path.</summary>
    internal string Script(string name, string text)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A copy of the module that is not precompiled, and otherwise the same.</summary>
    internal async Task<string> ModuleWithoutPrecompilationAsync()
    {
        string module = System.IO.Path.Combine(Path, "il");
        await PublishAsync("src/PgCloud", System.IO.Path.Combine(module, "bin"));
        await PublishAsync("src/PgCloud.Engine", System.IO.Path.Combine(module, "bin", "deps"));
        string manifest = System.IO.Path.Combine(module, "PgCloud.psd1");
        File.Copy(System.IO.Path.Combine(Shell.Root, "PgCloud.psd1"), manifest);
        return manifest;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static async Task PublishAsync(string project, string output)
    {
        var start = new ProcessStartInfo("dotnet", ["publish", project, "-c", "Release", "-v", "quiet", "-p:PublishReadyToRun=false", "-o", output])
        {
            WorkingDirectory = Shell.Root,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet publish {project}: {said}");
        }
    }
}
