// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Text.RegularExpressions;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Local;

/// <summary>Starts and stops the server of one instance.</summary>
internal sealed partial class ServerControl(InstanceDirectory directory, InstanceRecord record, IReporter reporter)
{
    // Recovery after a crash can take its time; a server that starts shows itself at once.
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AppearPatience = TimeSpan.FromSeconds(10);

    // The processes of a server that was killed end by themselves when they notice; until then its memory is in use and no other can begin.
    private static readonly TimeSpan PredecessorPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PredecessorPause = TimeSpan.FromMilliseconds(200);

    private readonly ServerAccount? _account = ServerAccount.Find(record.Account);

    private string PgCtl => new PostgresInstallation(record.BinaryPath, record.Version, 0).Program("pg_ctl");

    /// <summary>Starts the server and waits until it accepts connections.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Instance.PortInUse</c>, <c>PgCloud.Instance.Failed</c>.</exception>
    internal async Task StartAsync(CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Start the server on port {record.Port}");
        (string? problem, long logEnd) = await TryStartAsync(cancellation);
        for (long begun = Stopwatch.GetTimestamp(); problem is not null && IsOfPredecessor(problem) && Stopwatch.GetElapsedTime(begun) < PredecessorPatience;)
        {
            await Task.Delay(PredecessorPause, cancellation);
            (problem, logEnd) = await TryStartAsync(cancellation);
        }

        if (problem is not null)
        {
            throw problem.Contains("Address already in use", StringComparison.Ordinal)
                ? PgErrors.PortInUse(record.Port)
                : PgErrors.InstanceFailed(directory.Name, "The start", FirstFatal(problem) ?? problem.Trim());
        }

        // A server that could listen on one of its addresses runs on without the others; it must not be taken for one that listens on all.
        if (FindBindProblem(LogFrom(logEnd)) is { } bindProblem)
        {
            await StopAsync(CancellationToken.None);
            throw bindProblem;
        }
    }

    /// <summary>Ends all connections and stops the server; at once where it does not do so in time.</summary>
    internal async Task StopAsync(CancellationToken cancellation)
    {
        if (ServerProcess.FindRunning(directory.Data) is null)
        {
            return;
        }

        using var step = new StepTimer(reporter, "Stop the server");
        ProgramResult result = await RunAsync(
            ["stop", "-s", "-w", "-t", "60", "-m", "fast", "-D", directory.Data], cancellation);
        if (ServerProcess.FindRunning(directory.Data) is not null)
        {
            result = await RunAsync(
                ["stop", "-s", "-w", "-t", "30", "-m", "immediate", "-D", directory.Data], cancellation);
        }

        if (ServerProcess.FindRunning(directory.Data) is not null)
        {
            throw PgErrors.InstanceFailed(directory.Name, "The stop", result.Problem);
        }
    }

    private async Task<(string? Problem, long LogEnd)> TryStartAsync(CancellationToken cancellation)
    {
        long logEnd = File.Exists(directory.Log) ? new FileInfo(directory.Log).Length : 0;
        ProgramResult result = await RunAsync(["start", "-s", "-W", "-D", directory.Data, "-l", directory.Log], cancellation);
        return (result.ExitCode == 0 ? await WaitUntilReadyAsync(logEnd, cancellation) : LogFrom(logEnd) + result.Problem, logEnd);
    }

    private static bool IsOfPredecessor(string problem) => problem.Contains("pre-existing shared memory block", StringComparison.Ordinal);

    private Task<ProgramResult> RunAsync(string[] arguments, CancellationToken cancellation) =>
        ProgramRunner.RunAsync(PgCtl, arguments, _account, cancellation);

    // pg_ctl's own waiting looks every 100 ms only, which is longer than a start takes.
    private async Task<string?> WaitUntilReadyAsync(long logEnd, CancellationToken cancellation)
    {
        bool seen = false;
        for (long begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < StartPatience;)
        {
            bool isRunning = ServerProcess.FindRunning(directory.Data) is not null;
            if (isRunning && ServerProcess.SaysReady(directory.Data))
            {
                return null;
            }

            string log = isRunning ? string.Empty : LogFrom(logEnd);
            if (!isRunning && (seen || FirstFatal(log) is not null || Stopwatch.GetElapsedTime(begun) > AppearPatience))
            {
                return log.Length > 0 ? log : "the server ended at once and wrote nothing to its log";
            }

            seen |= isRunning;
            await Task.Delay(5, cancellation);
        }

        return $"the server was not ready after {StartPatience.TotalSeconds} s; its log is {directory.Log}";
    }

    private string LogFrom(long position)
    {
        if (!File.Exists(directory.Log))
        {
            return string.Empty;
        }

        using var stream = new FileStream(directory.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = Math.Min(position, stream.Length);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private PgCloudException? FindBindProblem(string log)
    {
        foreach (Match match in BindFailure().Matches(log))
        {
            string address = match.Groups["address"].Value;
            if (match.Groups["reason"].Value.Contains("in use", StringComparison.Ordinal))
            {
                return PgErrors.PortInUse(record.Port);
            }

            // ::1 is tried on machines without IPv6 too.
            if (address != "::1")
            {
                return PgErrors.ListenAddressInvalid(address);
            }
        }

        return null;
    }

    private static string? FirstFatal(string log)
    {
        string? line = log.Split('\n').FirstOrDefault(l => l.Contains("FATAL:", StringComparison.Ordinal));
        return line?[(line.IndexOf("FATAL:", StringComparison.Ordinal) + "FATAL:".Length)..].Trim();
    }

    [GeneratedRegex("could not bind IPv[46] address \"(?<address>[^\"]+)\": (?<reason>.*)")]
    private static partial Regex BindFailure();
}
