// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Running;
/// <summary>One command of a running pipeline.</summary>
internal sealed class CommandProcessor {
    private readonly CommandBinder _binder;
    private readonly IReadOnlyList<Argument> _arguments;
    private Queue<object?>? _waiting = [];
    internal CommandProcessor(CommandSpec spec, IReadOnlyList<Argument> arguments, PipelineRun pipeline, InvocationInfo invocation) {
        (_arguments, Invocation, Pipeline, Cmdlet) = (arguments, invocation, pipeline, (Cmdlet)Activator.CreateInstance(spec.Type)!);
        Cmdlet.CommandRuntime = Runtime = new CommandStreams(this, spec, pipeline.Host, pipeline.Result);
        if (Cmdlet is PSCmdlet command) (command.MyInvocation, command.SessionState) = (invocation, pipeline.Host.SessionState);
        _binder = new CommandBinder(spec, Cmdlet, Runtime, pipeline.Host.Engine, invocation);
    }

    internal Cmdlet Cmdlet { get; }
    internal CommandStreams Runtime { get; }
    internal PipelineRun Pipeline { get; }
    internal InvocationInfo Invocation { get; }
    internal void Prepare() => Guard(() => _binder.BindCommandLine(_arguments, Invocation.ExpectingInput));
    internal void End() => Guard(Cmdlet.DoEnd);
    internal void Begin() {
        Runtime.MakeVariables();
        Guard(Cmdlet.DoBegin);
    }

    // What the command before wrote while it began waits until all have begun.
    internal void AcceptWaiting() {
        (Queue<object?> waiting, _waiting) = (_waiting!, null);
        foreach (object? input in waiting) Accept(input);
    }

    internal void ProcessOnce() {
        if (!Invocation.ExpectingInput) Guard(Cmdlet.DoProcess);
    }

    internal void Accept(object? input) {
        if (_waiting is not null) _waiting.Enqueue(input);
        else if (_binder.BindInput(input) is { } refused) Runtime.Report(refused);
        else Guard(Cmdlet.DoProcess);
    }

    internal void Stop() {
        try {
            Cmdlet.DoStop();
        }
        catch (Exception) {
            // A command that cannot stop well must not keep the others from it.
        }
    }

    // Whatever a cmdlet throws ends the pipeline; the commands before it see a stopped pipeline.
    private void Guard(Action step) {
        (CommandProcessor?, int) before = Pipeline.Writer;
        Pipeline.Writer = (this, Environment.CurrentManagedThreadId);
        try {
            step();
        }
        catch (StopUpstreamException) {
            throw Pipeline.StopBefore(this);
        }
        catch (Exception e) when (e is not PipelineStoppedException) {
            throw Pipeline.Fail(ErrorRecord.Of(e).From(Invocation));
        }
        finally {
            Pipeline.Writer = before;
        }
    }
}
