// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>
///   Asks ShouldProcess about the very statements that would run: -WhatIf prints them, -Confirm asks about them, and -Verbose shows what
///   was run. As they are printed they can be pasted into psql.
/// </summary>
internal sealed class PipelineApproval : IChangeApproval
{
    private readonly Func<string, string, bool, Task<bool>> _shouldProcess;

    /// <param name="cmdlet">The cmdlet, on the pipeline thread: the answer hangs on variables of its scope.</param>
    /// <param name="shouldProcess">Calls ShouldProcess with a description and a question; told whether it is about a change.</param>
    internal PipelineApproval(PSCmdlet cmdlet, Func<string, string, bool, Task<bool>> shouldProcess)
    {
        _shouldProcess = shouldProcess;
        IsWhatIf = Switch(cmdlet, "WhatIf") ?? LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("WhatIfPreference"));
        MayWait = IsWhatIf || WillAsk(cmdlet);
    }

    /// <summary>Whether nothing is changed, for -WhatIf is in force.</summary>
    internal bool IsWhatIf { get; }

    /// <inheritdoc/>
    public bool MayWait { get; }

    /// <inheritdoc/>
    public Task<bool> ApproveAsync(IReadOnlyList<SqlPlan> plans)
    {
        SqlPlan[] changing = [.. plans.Where(plan => plan.Statements.Count > 0)];
        if (changing.Length > 0)
        {
            string text = string.Join("\n", changing.Select(Describe));
            return _shouldProcess(text, $"Are you sure you want to do this?\n{text}", true);
        }

        // What is so already needs nobody's leave.
        return IsWhatIf ? _shouldProcess($"On {plans[0].Target}: nothing, it is so already.", string.Empty, false) : Task.FromResult(true);
    }

    private static string Describe(SqlPlan plan)
    {
        string lines = string.Join("\n", plan.Statements.Select(statement => statement + ";"));
        return plan.IsTransaction && plan.Statements.Count > 1
            ? $"On {plan.Target}:\nBEGIN;\n{lines}\nCOMMIT;"
            : $"On {plan.Target}:\n{lines}";
    }

    private static bool WillAsk(PSCmdlet cmdlet)
    {
        if (Switch(cmdlet, "Confirm") is { } asked)
        {
            return asked;
        }

        object? preference = cmdlet.GetVariableValue("ConfirmPreference");
        var impact = ((CmdletAttribute)Attribute.GetCustomAttribute(cmdlet.GetType(), typeof(CmdletAttribute))!).ConfirmImpact;
        return LanguagePrimitives.TryConvertTo(preference, out ConfirmImpact threshold)
            && threshold != ConfirmImpact.None
            && threshold <= impact;
    }

    private static bool? Switch(PSCmdlet cmdlet, string name) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue(name, out object? value) && value is SwitchParameter given ? given.IsPresent : null;
}
