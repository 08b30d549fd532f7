# Runs the text of a binding case in a fresh runspace of a real PowerShell and tells what came of it.
# The same words as CaseOutcome.cs in PgCloud.CmdletHost.Tests, which does it on the cmdlet host.
using namespace System.Management.Automation

# A host that keeps what is written to it and answers questions with yes, with no, or as a shell that is not interactive.
if (-not ('CaseHost' -as [type])) {
    Add-Type -TypeDefinition @'
using System; using System.Collections.Generic; using System.Collections.ObjectModel; using System.Globalization; using System.Security;
using System.Management.Automation; using System.Management.Automation.Host;
public sealed class CaseUI : PSHostUserInterface {
    public List<string> Lines = new List<string>();
    public string Answer;
    private static Exception Nobody() { return new PSInvalidOperationException("not interactive"); }
    public override PSHostRawUserInterface RawUI { get { return null; } }
    public override void Write(string value) { Lines.Add(value); }
    public override void Write(ConsoleColor foreground, ConsoleColor background, string value) { Lines.Add(value); }
    public override void WriteLine(string value) { Lines.Add(value); }
    public override void WriteErrorLine(string value) { }
    public override void WriteDebugLine(string message) { }
    public override void WriteProgress(long sourceId, ProgressRecord record) { }
    public override void WriteVerboseLine(string message) { }
    public override void WriteWarningLine(string message) { }
    public override string ReadLine() { throw Nobody(); }
    public override SecureString ReadLineAsSecureString() { throw Nobody(); }
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) { throw Nobody(); }
    public override PSCredential PromptForCredential(string caption, string message, string user, string target) { throw Nobody(); }
    public override PSCredential PromptForCredential(string caption, string message, string user, string target, PSCredentialTypes types, PSCredentialUIOptions options) { throw Nobody(); }
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) {
        for (int i = 0; i < choices.Count && !string.IsNullOrEmpty(Answer); i++) {
            if (choices[i].Label.Replace("&", "").Equals(Answer, StringComparison.OrdinalIgnoreCase)) return i;
        }
        throw Nobody();
    }
}
public sealed class CaseHost : PSHost {
    public CaseUI TheUI = new CaseUI();
    private readonly Guid id = Guid.NewGuid();
    public override string Name { get { return "CaseHost"; } }
    public override Version Version { get { return new Version(1, 0); } }
    public override Guid InstanceId { get { return id; } }
    public override PSHostUserInterface UI { get { return TheUI; } }
    public override CultureInfo CurrentCulture { get { return CultureInfo.InvariantCulture; } }
    public override CultureInfo CurrentUICulture { get { return CultureInfo.InvariantCulture; } }
    public override void SetShouldExit(int exitCode) { }
    public override void EnterNestedPrompt() { }
    public override void ExitNestedPrompt() { }
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
}
'@
}

function Get-CaseText($value) {
    if ($null -eq $value) { '<null>' } else { [LanguagePrimitives]::ConvertTo($value, [string], [cultureinfo]::InvariantCulture) }
}

function Get-CaseError($record) {
    '{0} {1} {2} [{3}]' -f $record.FullyQualifiedErrorId, $record.CategoryInfo.Category, $record.Exception.GetType().Name, (Get-CaseText $record.TargetObject)
}

function Invoke-BindingCase([string] $ModulePath, $Case) {
    $caseHost = [CaseHost]::new()
    $caseHost.TheUI.Answer = $Case.answer
    $runspace = [runspacefactory]::CreateRunspace($caseHost)
    $runspace.Open()
    $shell = [powershell]::Create()
    try {
        $shell.Runspace = $runspace
        $null = $shell.AddScript("Import-Module '$ModulePath' -ErrorAction Stop").Invoke()
        $shell.Commands.Clear()
        $null = $shell.AddScript("`$caseError = `$null`ntry {`n$($Case.text)`n} catch { `$caseError = `$_ }", $false)
        $output = [PSDataCollection[psobject]]::new()
        $shell.Invoke($null, $output)
        $terminating = $runspace.SessionStateProxy.GetVariable('caseError')
        $outcome = [ordered]@{}
        if ($output.Count) { $outcome.output = @($output | ForEach-Object { Get-CaseText $_ }) }
        if ($shell.Streams.Error.Count) { $outcome.errors = @($shell.Streams.Error | ForEach-Object { Get-CaseError $_ }) }
        if ($terminating) { $outcome.terminating = Get-CaseError $terminating }
        if ($shell.Streams.Warning.Count) { $outcome.warnings = @($shell.Streams.Warning | ForEach-Object Message) }
        if ($shell.Streams.Verbose.Count) { $outcome.verbose = @($shell.Streams.Verbose | ForEach-Object Message) }
        if ($shell.Streams.Debug.Count) { $outcome.debug = @($shell.Streams.Debug | ForEach-Object Message) }
        if ($shell.Streams.Information.Count) { $outcome.information = @($shell.Streams.Information | ForEach-Object { "$_" }) }
        $whatIf = @($caseHost.TheUI.Lines | Where-Object { $_ -like 'What if:*' })
        if ($whatIf.Count) { $outcome.whatIf = $whatIf }
        $outcome
    }
    finally {
        $shell.Dispose()
        $runspace.Dispose()
    }
}
