// SPDX-License-Identifier: MIT
namespace PgCloud.Hosting.Running;
/// <summary>Where a cmdlet's writes go: to the next command, to the result's streams, or away, as preferences have it.</summary>
internal sealed class CommandStreams(CommandProcessor command, CommandSpec spec, CmdletHost host, HostResult result) : ICommandRuntime2 {
    public System.Management.Automation.Host.PSHost Host => host.PSHost;
    internal CommonParameterValues Common { get; } = new();
    internal ShouldProcessValues Asking { get; } = new();
    internal bool IsStopping => command.Pipeline.Stopping;
    internal Action<object?> Output { get; set; } = _ => { };
    public void WriteObject(object? sendToPipeline) => WriteObject(sendToPipeline, false);
    public void WriteObject(object? sendToPipeline, bool enumerateCollection) {
        foreach (object? item in (enumerateCollection ? LanguagePrimitives.GetEnumerable(sendToPipeline) : null) ?? new[] { sendToPipeline }) {
            CheckWriter();
            Append(Common.OutVariable, item);
            if (Common.PipelineVariable is { Length: > 0 } name) host.SetVariable(name, item);
            Output(item);
        }
    }

    public void WriteError(ErrorRecord errorRecord) {
        CheckWriter();
        Report(errorRecord.InvocationInfo is null ? errorRecord.From(command.Invocation) : errorRecord);
    }

    public void WriteWarning(string text) => Write(Common.WarningAction, "Warning", ActionPreference.Continue, Common.WarningVariable, new WarningRecord(text), () => result.AddWarning(text), text);
    public void WriteVerbose(string text) => Write(Switched(Common.Verbose ?? Common.Debug), "Verbose", ActionPreference.SilentlyContinue, null, text, () => result.AddVerbose(text), text);
    public void WriteDebug(string text) => Write(Switched(Common.Debug), "Debug", ActionPreference.SilentlyContinue, null, text, () => result.AddDebug(text), text);
    public void WriteProgress(ProgressRecord progressRecord) => Write(Common.ProgressAction, "Progress", ActionPreference.Continue, null, progressRecord, () => result.Progress.Add(progressRecord));
    public void WriteProgress(long sourceId, ProgressRecord progressRecord) => WriteProgress(progressRecord);
    public void WriteCommandDetail(string text) => CheckWriter();
    // Information that is not shown is recorded all the same.
    public void WriteInformation(InformationRecord informationRecord) {
        ActionPreference action = Preference(Common.InformationAction, "Information", ActionPreference.SilentlyContinue);
        bool show = action == ActionPreference.Continue || informationRecord.Tags.Contains("PSHOST");
        Write(action == ActionPreference.SilentlyContinue ? ActionPreference.Continue : action, "Information", action, Common.InformationVariable, informationRecord,
            () => result.AddInformation(informationRecord, show));
    }

    public void ThrowTerminatingError(ErrorRecord errorRecord) {
        Append(Common.ErrorVariable, errorRecord.From(command.Invocation));
        throw command.Pipeline.Fail(errorRecord);
    }

    public bool ShouldProcess(string target) => ShouldProcess(target, spec.Info.Name);
    public bool ShouldProcess(string target, string action) => ShouldProcess($"Performing the operation \"{action}\" on target \"{target}\".", "", "", out _);
    public bool ShouldProcess(string verboseDescription, string verboseWarning, string caption) => ShouldProcess(verboseDescription, verboseWarning, caption, out _);
    public bool ShouldProcess(string verboseDescription, string verboseWarning, string caption, out ShouldProcessReason shouldProcessReason) {
        CheckWriter();
        bool supported = spec.Attribute.SupportsShouldProcess, whatIf = Asking.WhatIf?.IsPresent ?? (supported && LanguagePrimitives.IsTrue(host.GetVariable("WhatIfPreference")));
        shouldProcessReason = whatIf ? ShouldProcessReason.WhatIf : ShouldProcessReason.None;
        if (whatIf) result.AddWhatIf($"What if: {verboseDescription}");
        if (whatIf) return false;
        ConfirmImpact threshold = Asking.Confirm is { } asked ? asked.IsPresent ? ConfirmImpact.Low : ConfirmImpact.None
            : LanguagePrimitives.TryConvertTo(host.GetVariable("ConfirmPreference") ?? "High", out ConfirmImpact set) ? set : ConfirmImpact.High;
        if (supported && threshold != ConfirmImpact.None && threshold <= spec.Attribute.ConfirmImpact) {
            return host.Ask(string.IsNullOrEmpty(verboseWarning) ? "Are you sure you want to perform this action?\n" + verboseDescription : verboseWarning, caption);
        }
        if (Common.Verbose is { IsPresent: true }) WriteVerbose(verboseDescription);
        return true;
    }

    public bool ShouldContinue(string query, string caption) {
        CheckWriter();
        return host.Ask(query, caption);
    }

    public bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll) => yesToAll || (!noToAll && ShouldContinue(query, caption));
    public bool ShouldContinue(string query, string caption, bool hasSecurityImpact, ref bool yesToAll, ref bool noToAll) =>
        ShouldContinue(query, caption, ref yesToAll, ref noToAll);
    public bool TransactionAvailable() => false;
    /// <summary>Makes the variables that collect records; a name with + keeps what it has.</summary>
    internal void MakeVariables() {
        foreach (string name in new[] { Common.ErrorVariable, Common.WarningVariable, Common.InformationVariable, Common.OutVariable }.OfType<string>().Where(n => n.Length > 0)) {
            object? kept = name[0] == '+' ? host.GetVariable(name[1..]) : null;
            host.SetVariable(name.TrimStart('+'), kept as ArrayList ?? new ArrayList(kept is null ? [] : new[] { kept }));
        }
    }

    /// <summary>Writes an error that is the engine's own, or was checked.</summary>
    internal void Report(ErrorRecord error) {
        if (IsStopping) throw new PipelineStoppedException();
        ActionPreference action = Preference(Common.ErrorAction, "ErrorAction", ActionPreference.Continue);
        if (action == ActionPreference.Ignore) return;
        Append(Common.ErrorVariable, error);
        if (action == ActionPreference.Stop) throw command.Pipeline.Fail(error, byPreference: true);
        if (action != ActionPreference.SilentlyContinue) result.AddError(error);
    }

    private static ActionPreference? Switched(SwitchParameter? given) => given is null ? null : given.Value.IsPresent ? ActionPreference.Continue : ActionPreference.SilentlyContinue;
    private ActionPreference Preference(ActionPreference? given, string name, ActionPreference otherwise) =>
        given ?? (LanguagePrimitives.TryConvertTo(host.GetVariable(name + "Preference"), out ActionPreference? set) ? set : null) ?? otherwise;
    private void Write(ActionPreference? given, string name, ActionPreference otherwise, string? variable, object record, Action write, string? text = null) {
        CheckWriter();
        ActionPreference action = Preference(given, name, otherwise);
        if (action != ActionPreference.Ignore) Append(variable, record);
        if (action is ActionPreference.Continue or ActionPreference.Stop) write();
        if (action != ActionPreference.Stop) return;
        string message = $"The running command stopped because the preference variable \"{name}Preference\" or common parameter is set to Stop: {text}";
        throw command.Pipeline.Fail(new ActionPreferenceStopException(message).ErrorRecord.From(command.Invocation), byPreference: true);
    }

    // Only the command that is being run may write, and only on the pipeline's thread: a mistake of asynchronous cmdlets that must not pass.
    private void CheckWriter() {
        if (IsStopping) throw new PipelineStoppedException();
        if (command.Pipeline.Writer == (command, Environment.CurrentManagedThreadId)) return;
        throw new PSInvalidOperationException("The WriteObject and WriteError methods cannot be called from outside the overrides of the BeginProcessing, " +
            "ProcessRecord, and EndProcessing methods, and they can only be called from within the same thread.");
    }

    private void Append(string? variable, object? value) {
        if (!string.IsNullOrEmpty(variable)) ((ArrayList)host.GetVariable(variable.TrimStart('+'))!).Add(value);
    }
}
