// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace PgCloud.Emulator.Tests;

/// <summary>The emulator as a program: one line when it is ready, and nothing left when it ends.</summary>
public sealed class ProgramTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task It_says_one_line_and_leaves_nothing()
    {
        using Process program = Run("--urls", "http://127.0.0.1:0", "--speed", "5000");
        JsonNode start = JsonNode.Parse((await program.StandardOutput.ReadLineAsync().WaitAsync(Patience))!)!;
        using var http = new HttpClient();
        Assert.InRange(long.Parse(await http.GetStringAsync(start["http"] + "/auth/time"), System.Globalization.CultureInfo.InvariantCulture), 1_700_000_000, long.MaxValue);
        string home = Path.GetDirectoryName((string)start["caFile"]!)!;
        Assert.True(Directory.Exists(home));

        // It ends while a service is being made.
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{start["http"]}/cloud/project/{start["project"]}/database/postgresql");
        request.Headers.Add("Authorization", $"Bearer {start["accessToken"]}");
        request.Content = new StringContent("""{"plan":"essential","version":"17","nodesPattern":{"flavor":"db1-4","number":1,"region":"GRA"}}""");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await http.SendAsync(request)).StatusCode);

        program.StandardInput.Close();
        await program.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal((0, string.Empty), (program.ExitCode, await program.StandardOutput.ReadToEndAsync()));
        Assert.False(Directory.Exists(home));
        Assert.DoesNotContain(Directory.GetDirectories("/proc").Select(ReadCommand), c => c.Contains(home, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_says_what_it_does_not_understand()
    {
        using Process program = Run("--colour", "red");
        await program.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(2, program.ExitCode);
        Assert.Contains("--colour", await program.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private static string ReadCommand(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    private static Process Run(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path.ChangeExtension(typeof(EmulatorHost).Assembly.Location, ".dll"), .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
