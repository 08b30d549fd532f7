// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Local;

/// <summary>Starts and stops the server of one instance.</summary>
internal sealed class ServerControl(InstanceDirectory directory, InstanceRecord record, IReporter reporter)
{
    private readonly ServerAccount? _account = ServerAccount.Find(record.Account);

    private string PgCtl => new PostgresInstallation(record.BinaryPath, record.Version, 0).Program("pg_ctl");

    /// <summary>Starts the server and waits until it accepts connections.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Instance.PortInUse</c>, <c>PgCloud.Instance.Failed</c>.</exception>
    internal async Task StartAsync(CancellationToken cancellation)
    {
        long logEnd = File.Exists(directory.Log) ? new FileInfo(directory.Log).Length : 0;
        ProgramResult result = await StepAsync(
            $"Start the server on port {record.Port}",
            ["start", "-s", "-w", "-t", "120", "-D", directory.Data, "-l", directory.Log],
            cancellation);
        if (result.ExitCode != 0)
        {
            string log = LogFrom(logEnd);
            throw log.Contains("Address already in use", StringComparison.Ordinal)
                ? PgErrors.PortInUse(record.Port)
                : PgErrors.InstanceFailed(directory.Name, "The start", FirstFatal(log) ?? result.Problem);
        }
    }

    /// <summary>Ends all connections and stops the server; at once where it does not do so in time.</summary>
    internal async Task StopAsync(CancellationToken cancellation)
    {
        if (ServerProcess.FindRunning(directory.Data) is null)
        {
            return;
        }

        ProgramResult result = await StepAsync(
            "Stop the server", ["stop", "-s", "-w", "-t", "60", "-m", "fast", "-D", directory.Data], cancellation);
        if (ServerProcess.FindRunning(directory.Data) is not null)
        {
            result = await StepAsync(
                "Stop the server at once", ["stop", "-s", "-w", "-t", "30", "-m", "immediate", "-D", directory.Data], cancellation);
        }

        if (ServerProcess.FindRunning(directory.Data) is not null)
        {
            throw PgErrors.InstanceFailed(directory.Name, "The stop", result.Problem);
        }
    }

    private async Task<ProgramResult> StepAsync(string what, string[] arguments, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, what);
        return await ProgramRunner.RunAsync(PgCtl, arguments, _account, cancellation);
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

    private static string? FirstFatal(string log)
    {
        string? line = log.Split('\n').FirstOrDefault(l => l.Contains("FATAL:", StringComparison.Ordinal));
        return line?[(line.IndexOf("FATAL:", StringComparison.Ordinal) + "FATAL:".Length)..].Trim();
    }
}
