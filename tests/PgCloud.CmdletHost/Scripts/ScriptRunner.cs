// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Scripts;
/// <summary>Runs the statements of a script one after the other.</summary>
internal sealed class ScriptRunner(CmdletHost host, string file) {
    internal HostResult Run(string text, HostResult result, bool stopAtTerminatingError) {
        host.SetVariable("PSScriptRoot", file.Length == 0 ? "" : Path.GetDirectoryName(Path.GetFullPath(file)));
        foreach (Statement statement in new ScriptParser(text, file).Parse()) {
            List<object?> output = [];
            bool went = Run(statement, output.Add, result);
            if (statement.Target is { } target && output.Count > 0) host.SetVariable(target, output.Count == 1 ? output[0] : output.ToArray());
            else if (statement.Target is { } empty) host.RemoveVariable(empty);
            else output.ForEach(result.AddOutput);
            if (statement.Target is null && host.Console is { } console) new Formatter(host.Views, console).Write(output);
            if (went) continue;
            if (result.TerminatingError is { } error) host.ErrorConsole?.WriteLine(Formatter.Concise(error));
            bool ends = stopAtTerminatingError || result.Stopped || result.StoppedByPreference
                || LanguagePrimitives.Equals(host.GetVariable("ErrorActionPreference"), "Stop", ignoreCase: true);
            if (ends) break;
            result.Errors.Add(result.TerminatingError!);
            result.TerminatingError = null;
        }
        return result;
    }

    private bool Run(Statement statement, Action<object?> output, HostResult result) {
        object? value = statement.Input?.Of(host);
        IEnumerable<object?>? input = statement.Input is not { } given ? null
            : LanguagePrimitives.GetEnumerable(value)?.Cast<object?>() ?? (given.Name is { } name && !host.HasVariable(name) ? [] : [value]);
        if (statement.Calls.Count > 0) {
            return host.RunPipeline([.. statement.Calls.Select(c => (c.Name, Arguments(c), (ScriptPlace?)c.Place))], input, v => output(v is null ? null : PSObject.AsPSObject(v)), result);
        }
        // A bare value: a variable takes it whole, output takes its elements.
        if (statement.Target is not null) output(value);
        else foreach (object? item in input!) output(item);
        return true;
    }

    private IReadOnlyList<Argument> Arguments(Call call) => [.. call.Arguments.Select(a => new Argument(a.Name, a.Value?.Of(host), a.Value is not null))];
}
