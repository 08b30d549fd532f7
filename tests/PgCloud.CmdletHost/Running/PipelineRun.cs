// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Running;
/// <summary>A pipeline at work: every object a command writes is processed by the next one before the write returns.</summary>
internal sealed class PipelineRun(CmdletHost host, HostResult result) {
    private readonly List<CommandProcessor> _commands = [];
    private readonly Lock _gate = new();
    private volatile bool _stopping;
    private CommandProcessor? _enough;
    private int _begun;
    internal CmdletHost Host => host;
    internal HostResult Result => result;
    internal bool Stopping => _stopping;
    internal ErrorRecord? Failure { get; private set; }
    /// <summary>Which command may write, and on which thread.</summary>
    internal (CommandProcessor? Command, int Thread) Writer { get; set; }
    internal PipelineStoppedException Fail(ErrorRecord error, bool byPreference = false) {
        Failure ??= error;
        (_stopping, result.StoppedByPreference) = (true, byPreference);
        return new PipelineStoppedException();
    }

    internal PipelineStoppedException StopBefore(CommandProcessor command) {
        _enough = command;
        return new PipelineStoppedException();
    }

    /// <summary>Called from another thread: tells every command to stop.</summary>
    internal void Stop() {
        CommandProcessor[] running;
        lock (_gate) {
            if (_stopping) return;
            (_stopping, result.Stopped, running) = (true, true, [.. _commands.Take(_begun)]);
        }
        foreach (CommandProcessor command in running) command.Stop();
    }

    internal void Execute(IReadOnlyList<(CommandSpec Spec, IReadOnlyList<Argument> Arguments, InvocationInfo Invocation)> calls, IEnumerable<object?>? input, Action<object?> output) {
        Runspace? before = Runspace.DefaultRunspace;
        Runspace.DefaultRunspace = host.Runspace;
        try {
            foreach ((CommandSpec spec, IReadOnlyList<Argument> arguments, InvocationInfo invocation) in calls) {
                (invocation.ExpectingInput, invocation.PipelineLength, invocation.PipelinePosition) = (input is not null || _commands.Count > 0, calls.Count, _commands.Count + 1);
                _commands.Add(new CommandProcessor(spec, arguments, this, invocation));
            }
            for (int i = 0; i < _commands.Count; i++) {
                _commands[i].Runtime.Output = i + 1 < _commands.Count ? _commands[i + 1].Accept : output;
                _commands[i].Prepare();
            }
            Run(input ?? []);
        }
        catch (PipelineStoppedException) when (_stopping) {
            // Failure says why, or nobody but the caller of Stop wanted it.
        }
        finally {
            _commands.ForEach(c => (c.Cmdlet as IDisposable)?.Dispose());
            Runspace.DefaultRunspace = before;
        }
    }

    private void Run(IEnumerable<object?> input) {
        int first = 0;
        void UntilEnough(Action step) {
            try {
                if (_stopping) throw new PipelineStoppedException();
                step();
            }
            catch (PipelineStoppedException) when (_enough is not null && !_stopping) {
                (first, _enough) = (_commands.IndexOf(_enough) + 1, null);
            }
        }
        foreach (CommandProcessor command in _commands) {
            lock (_gate) _begun++;
            UntilEnough(command.Begin);
        }
        UntilEnough(() => {
            _commands.ForEach(c => c.AcceptWaiting());
            _commands[0].ProcessOnce();
            foreach (object? item in input.TakeWhile(_ => !_stopping)) _commands[0].Accept(item);
        });
        // Commands before the one that had enough are not ended: they are only disposed.
        for (int i = first; i < _commands.Count; i = Math.Max(i + 1, first)) UntilEnough(_commands[i].End);
    }
}
