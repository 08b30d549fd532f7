// SPDX-License-Identifier: MIT

using System.Diagnostics;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Connections;

/// <summary>Keeps the record of a connection test: each step once and in order, nothing after the first failure.</summary>
internal sealed class ProbeSteps(SqlTarget target, TimeSpan timeout, IReporter reporter)
{
    private readonly List<PgConnectionTestStep> _steps = [];
    private string _restReason = "Not tried.";

    /// <summary>Tries a step; whether it passed.</summary>
    /// <param name="step">The step.</param>
    /// <param name="work">Does it and answers what was found.</param>
    /// <param name="cancellation">The caller's cancellation, which alone is thrown.</param>
    internal async Task<bool> TryAsync(PgConnectionStep step, Func<CancellationToken, Task<string>> work, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        long begun = Stopwatch.GetTimestamp();
        PgCloudException? failure = null;
        string message = string.Empty;
        try
        {
            message = await work(limit.Token);
        }
        catch (Exception exception) when (!SqlErrors.IsCancellation(exception, cancellation))
        {
            failure = SqlErrors.WhileOpening(exception, target);
        }

        TimeSpan took = Stopwatch.GetElapsedTime(begun);
        reporter.Step($"{step} {(failure is null ? "passed" : "failed")}", took);
        _steps.Add(new PgConnectionTestStep
        {
            Step = step,
            Outcome = failure is null ? PgStepOutcome.Passed : PgStepOutcome.Failed,
            Milliseconds = Math.Round(took.TotalMilliseconds, 1),
            Message = failure?.Message ?? message,
            Action = failure?.RecommendedAction ?? string.Empty,
            ErrorId = failure?.ErrorId ?? string.Empty,
        });
        _restReason = failure is null ? _restReason : $"Not tried, because {step} failed.";
        return failure is null;
    }

    /// <summary>Leaves a step out, if the test got that far.</summary>
    internal void Skip(PgConnectionStep step, string reason)
    {
        if (_steps.TrueForAll(tried => tried.Outcome != PgStepOutcome.Failed))
        {
            _steps.Add(Skipped(step, reason));
        }
    }

    /// <summary>Leaves out all steps that were not tried.</summary>
    internal void SkipRest(string reason) => _restReason = reason;

    /// <summary>All steps, in order.</summary>
    internal IReadOnlyList<PgConnectionTestStep> Finish()
    {
        foreach (PgConnectionStep step in Enum.GetValues<PgConnectionStep>())
        {
            if (!_steps.Exists(tried => tried.Step == step))
            {
                _steps.Add(Skipped(step, _restReason));
            }
        }

        return _steps;
    }

    private static PgConnectionTestStep Skipped(PgConnectionStep step, string reason) =>
        new() { Step = step, Outcome = PgStepOutcome.Skipped, Message = reason };
}
