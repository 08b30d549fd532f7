// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Globalization;
using PgCloud.Engine.Providers.Local;
using Xunit;

namespace PgCloud.Engine.Tests.Local;

/// <summary>What is said of a server that has its process and does not answer.</summary>
public sealed class InstanceReaderTests : IDisposable
{
    // Nobody listens there.
    private const int Port = 1;

    private readonly string _state = Directory.CreateTempSubdirectory("pgcloud-test-").FullName;

    public void Dispose() => Directory.Delete(_state, recursive: true);

    // The eighth line of postmaster.pid is written last.
    [Theory]
    [InlineData(null, PgInstanceStatus.Starting)]
    [InlineData("starting", PgInstanceStatus.Starting)]
    [InlineData("stopping", PgInstanceStatus.Updating)]
    [InlineData("ready", PgInstanceStatus.Failed)]
    [InlineData("standby", PgInstanceStatus.Failed)]
    public async Task One_that_does_not_answer_is_what_it_says_and_has_failed_only_where_it_says_that_it_accepts_connections(string? says, PgInstanceStatus status)
    {
        InstanceDirectory directory = Make();
        using Process standIn = StandIn(directory.Data);
        try
        {
            WriteProcess(directory, standIn.Id, says);
            PgInstance seen = await InstanceReader.ReadAsync(directory, CancellationToken.None);
            Assert.Equal((status, standIn.Id), (seen.Status, seen.Detail["ProcessId"]));
        }
        finally
        {
            standIn.StandardInput.Close();
            await standIn.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task One_whose_process_has_ended_is_stopped_whatever_it_said()
    {
        InstanceDirectory directory = Make();
        using Process standIn = StandIn(directory.Data);
        standIn.StandardInput.Close();
        await standIn.WaitForExitAsync();
        WriteProcess(directory, standIn.Id, "ready");
        Assert.Equal(PgInstanceStatus.Stopped, (await InstanceReader.ReadAsync(directory, CancellationToken.None)).Status);
    }

    private InstanceDirectory Make()
    {
        var directory = new InstanceDirectory(_state, "mute");
        Directory.CreateDirectory(directory.Data);
        File.WriteAllText(Path.Combine(directory.Data, "PG_VERSION"), "18\n");
        new InstanceRecord { BinaryPath = "/nowhere", Version = "18", ListenAddresses = "127.0.0.1", Port = Port, IsComplete = true }.Write(directory.Record);
        return directory;
    }

    private static void WriteProcess(InstanceDirectory directory, int id, string? says) => File.WriteAllLines(
        Path.Combine(directory.Data, "postmaster.pid"),
        [id.ToString(CultureInfo.InvariantCulture), directory.Data, "1", "1", string.Empty, "127.0.0.1", "1 1", .. says is null ? Array.Empty<string>() : [says.PadRight(8)]]);

    // It ends with its input.
    private static Process StandIn(string dataDirectory)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardInput = true };
        foreach (string argument in new[] { "-c", "read -r _", dataDirectory })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
