// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>The steps of a connection, in the order in which they are tried.</summary>
public enum PgConnectionStep
{
    /// <summary>The host name is resolved to addresses.</summary>
    NameResolution,

    /// <summary>A TCP connection is made.</summary>
    Tcp,

    /// <summary>TLS is negotiated and the server's certificate checked.</summary>
    Tls,

    /// <summary>The server lets this client's address in.</summary>
    AuthorisedAddress,

    /// <summary>The user logs in.</summary>
    Login,

    /// <summary>The database is opened.</summary>
    Database,

    /// <summary>A query is answered.</summary>
    Query,
}

/// <summary>How a step ended.</summary>
public enum PgStepOutcome
{
    /// <summary>The step succeeded.</summary>
    Passed,

    /// <summary>The step failed; nothing after it was tried.</summary>
    Failed,

    /// <summary>The step was not tried.</summary>
    Skipped,
}

/// <summary>One step of a connection test.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgConnectionTestStep
{
    /// <summary>Which step.</summary>
    public required PgConnectionStep Step { get; init; }

    /// <summary>How it ended.</summary>
    public required PgStepOutcome Outcome { get; init; }

    /// <summary>How long it took, in milliseconds; <c>$null</c> where it was not tried.</summary>
    public double? Milliseconds { get; init; }

    /// <summary>What was found.</summary>
    public string Message { get; init; } = string.Empty;

    /// <summary>What to do about it, where the step failed.</summary>
    public string Action { get; init; } = string.Empty;

    /// <summary>The id that the same failure has as an error, where the step failed.</summary>
    public string ErrorId { get; init; } = string.Empty;

    /// <summary>The step and its outcome.</summary>
    public override string ToString() => $"{Step}: {Outcome}";
}

/// <summary>What <c>Test-PgConnection -Detailed</c> found.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgConnectionTest
{
    /// <summary>Where to and as whom.</summary>
    public required string Target { get; init; }

    /// <summary>Whether every step that was tried succeeded.</summary>
    public bool Succeeded => FailedStep is null;

    /// <summary>The step that failed, if one did.</summary>
    public PgConnectionStep? FailedStep => Step.FirstOrDefault(s => s.Outcome == PgStepOutcome.Failed)?.Step;

    /// <summary>Why it failed; empty where it did not.</summary>
    public string Message => Step.FirstOrDefault(s => s.Outcome == PgStepOutcome.Failed)?.Message ?? string.Empty;

    /// <summary>What to do about it; empty where there is nothing to do.</summary>
    public string Action => Step.FirstOrDefault(s => s.Outcome == PgStepOutcome.Failed)?.Action ?? string.Empty;

    /// <summary>All steps, tried or not, in order.</summary>
    public required IReadOnlyList<PgConnectionTestStep> Step { get; init => field = Lists.Indexable(value); }

    /// <summary>The target and whether it can be reached.</summary>
    public override string ToString() => $"{Target}: {(Succeeded ? "succeeded" : $"failed at {FailedStep}")}";
}
