// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting;
/// <summary>A stand-in for the PowerShell engine, for tests and the demo: runs binary cmdlets. It is not PowerShell.
/// Each host has its own runspace, modules and variables; one host runs one pipeline at a time.</summary>
public sealed class CmdletHost : IDisposable {
    private readonly Dictionary<string, object?> _variables = new(StringComparer.OrdinalIgnoreCase) { ["true"] = true, ["false"] = false, ["null"] = null };
    private readonly ModuleTable _modules;
    private volatile PipelineRun? _running;
    /// <summary>Makes a host that knows its few built-in commands.</summary>
    public CmdletHost() {
        (Runspace, SessionState, _modules) = (new Runspace(Views), SessionState.Of(this), new ModuleTable(this));
        Engine = new EngineIntrinsics { SessionState = SessionState, Host = PSHost };
    }
    /// <summary>The host's runspace: the default one of the thread that runs its pipelines.</summary>
    public Runspace Runspace { get; }
    /// <summary>What relative paths are relative to.</summary>
    public string WorkingDirectory { get; set; } = Environment.CurrentDirectory;
    /// <summary>Answers ShouldProcess and ShouldContinue (query, caption); without it a question is an error, not a wait.</summary>
    public Func<string, string?, bool>? Confirm { get; set; }
    /// <summary>Where output, warnings and the like are also written, formatted; null: nowhere.</summary>
    public TextWriter? Console { get; set; }
    /// <summary>Where errors are also written.</summary>
    public TextWriter? ErrorConsole { get; set; }
    internal SessionState SessionState { get; }
    internal EngineIntrinsics Engine { get; }
    internal ViewTable Views { get; } = new();
    internal System.Management.Automation.Host.PSHost PSHost { get; } = new HostName();
    /// <summary>Loads a module from a manifest (.psd1) or an assembly.</summary>
    public PSModuleInfo ImportModule(string path) => _modules.Import(SessionState.Path.GetUnresolvedProviderPathFromPSPath(path));
    /// <summary>Takes a module's commands away and tells it.</summary>
    public void RemoveModule(string name) => _modules.Remove(name);
    /// <summary>Sets a variable, preferences included.</summary>
    public void SetVariable(string name, object? value) => _variables[name] = value;
    /// <summary>A variable's value, or null.</summary>
    public object? GetVariable(string name) => name.StartsWith("env:", StringComparison.OrdinalIgnoreCase)
        ? Environment.GetEnvironmentVariable(name[4..]) : _variables.GetValueOrDefault(name);
    /// <summary>Whether a variable is set.</summary>
    public bool HasVariable(string name) => _variables.ContainsKey(name);
    /// <summary>Removes a variable.</summary>
    public void RemoveVariable(string name) => _variables.Remove(name);
    /// <summary>Stops what is running, from another thread.</summary>
    public void Stop() => _running?.Stop();
    /// <summary>Removes all modules.</summary>
    public void Dispose() => _modules.Dispose();
    /// <summary>Runs one command with named arguments; with input (even none) it expects pipeline input.</summary>
    public HostResult Invoke(string command, IDictionary<string, object?>? parameters = null, IEnumerable<object?>? input = null) {
        HostResult result = new(this);
        Argument[] arguments = [.. (parameters ?? new Dictionary<string, object?>()).Select(p => new Argument(p.Key, p.Value, true))];
        RunPipeline([(command, arguments, null)], input, result.AddOutput, result);
        return result;
    }
    /// <summary>Runs text: statements of commands joined by pipes. The first terminating error ends it.</summary>
    public HostResult Run(string text) => new ScriptRunner(this, "").Run(text, new HostResult(this), stopAtTerminatingError: true);
    /// <summary>Runs a script file as PowerShell would: only a preference of Stop makes an error end it.</summary>
    public HostResult RunScript(string path) => new ScriptRunner(this, path).Run(File.ReadAllText(path), new HostResult(this), stopAtTerminatingError: false);
    internal bool Ask(string query, string? caption) => Confirm is { } answer ? answer(query, caption)
        : throw new PSInvalidOperationException("PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");
    internal bool RunPipeline(IReadOnlyList<(string Name, IReadOnlyList<Argument> Arguments, ScriptPlace? Place)> calls, IEnumerable<object?>? input,
        Action<object?> output, HostResult result) {
        PipelineRun run = new(this, result);
        _running = run;
        try {
            run.Execute([.. calls.Select(c => Resolve(c.Name, c.Arguments, c.Place))], input, output);
            result.TerminatingError = run.Failure;
        }
        catch (CommandNotFoundException e) {
            result.TerminatingError = e.ErrorRecord;
            e.ErrorRecord.CategoryInfo.Activity = e.CommandName;
        }
        finally {
            _running = null;
        }
        return result.TerminatingError is null && !result.Stopped;
    }
    private (CommandSpec, IReadOnlyList<Argument>, InvocationInfo) Resolve(string name, IReadOnlyList<Argument> arguments, ScriptPlace? place) {
        CommandSpec spec = _modules.Find(name) ?? throw new CommandNotFoundException(
            $"The term '{name}' is not recognized as a name of a cmdlet, function, script file, or executable program.", name);
        InvocationInfo invocation = new() { MyCommand = spec.Info, InvocationName = name, ScriptLineNumber = place?.Line ?? 0, OffsetInLine = place?.Column ?? 0, ScriptName = place?.File ?? "" };
        return (spec, arguments, invocation);
    }
    private sealed class HostName : System.Management.Automation.Host.PSHost {
        public override string Name => "PgCloud.CmdletHost";
        public override Version Version { get; } = new(0, 1);
        public override Guid InstanceId { get; } = Guid.NewGuid();
    }
}
