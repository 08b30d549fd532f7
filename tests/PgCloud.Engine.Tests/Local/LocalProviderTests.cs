// SPDX-License-Identifier: MIT

using System.Diagnostics;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Local;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Local;

/// <summary>The provider against real servers of this machine.</summary>
public sealed class LocalProviderTests : IAsyncLifetime
{
    private readonly string _state = Directory.CreateTempSubdirectory("pgcloud-test-").FullName;
    private readonly NullReporter _silent = new();
    private readonly LocalProvider _provider;

    public LocalProviderTests()
    {
        // As root the server runs under another account, which must be able to enter.
        File.SetUnixFileMode(_state, (UnixFileMode)Convert.ToInt32("755", 8));
        _provider = new LocalProvider(_state);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (PgInstance instance in await _provider.GetInstancesAsync(_silent, CancellationToken.None))
        {
            await _provider.RemoveInstanceAsync(instance, _silent, CancellationToken.None);
        }

        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public async Task An_instance_lives_its_life()
    {
        PgInstance made = await CreateAsync("orders");
        Assert.Equal(PgInstanceStatus.Ready, made.Status);
        int process = (int)made.Detail["ProcessId"];

        PgInstance stopped = await _provider.StopInstanceAsync(made, _silent, CancellationToken.None);
        Assert.Equal(PgInstanceStatus.Stopped, stopped.Status);
        Assert.False(IsRunning(process));

        PgInstance started = await _provider.StartInstanceAsync(stopped, _silent, CancellationToken.None);
        Assert.Equal(PgInstanceStatus.Ready, started.Status);
        Assert.Equal(made.Id, started.Id);
        Assert.Equal(made.Port, started.Port);

        await _provider.RemoveInstanceAsync(started, _silent, CancellationToken.None);
        Assert.False(Directory.Exists(Path.Combine(_state, "orders")));
        Assert.Null(await _provider.FindInstanceAsync("orders", _silent, CancellationToken.None));
    }

    [Fact]
    public async Task Of_two_that_make_one_name_at_once_one_wins()
    {
        Task<PgInstance>[] both = [CreateAsync("same"), CreateAsync("same")];
        await Task.WhenAll(both.Select(t => t.ContinueWith(_ => { }, TaskScheduler.Default)));

        _ = Assert.Single(both, t => t.IsCompletedSuccessfully);
        var error = Assert.IsType<PgCloudException>(both.Single(t => t.IsFaulted).Exception!.InnerException);
        Assert.Equal("PgCloud.Instance.Exists", error.ErrorId);
        Assert.Equal(PgErrorKind.Exists, error.Kind);
        Assert.Equal("same", error.Target);
    }

    [Fact]
    public async Task Several_names_can_be_made_at_once()
    {
        PgInstance[] made = await Task.WhenAll(CreateAsync("a"), CreateAsync("b"));
        Assert.All(made, i => Assert.Equal(PgInstanceStatus.Ready, i.Status));
        Assert.Equal(2, made.Select(i => i.Port).Distinct().Count());
    }

    [Fact]
    public async Task A_cancelled_creation_leaves_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        Task<PgInstance> creation = _provider.CreateInstanceAsync(new NewInstanceRequest("broken"), _silent, cancellation.Token);
        while (!creation.IsCompleted && !Directory.Exists(new InstanceDirectory(_state, "broken").Data))
        {
            await Task.Delay(5);
        }

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creation);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_state));
    }

    [Fact]
    public async Task A_creation_that_died_is_shown_as_failed_and_can_be_removed()
    {
        var directory = new InstanceDirectory(_state, "dead");
        Directory.CreateDirectory(directory.Data);
        new InstanceRecord { BinaryPath = "/nowhere", Version = "18", ListenAddresses = "127.0.0.1", Port = 1 }.Write(directory.Record);

        PgInstance dead = (await _provider.FindInstanceAsync("dead", _silent, CancellationToken.None))!;
        Assert.Equal(PgInstanceStatus.Failed, dead.Status);
        Assert.NotEmpty(dead.StatusDetail);

        await _provider.RemoveInstanceAsync(dead, _silent, CancellationToken.None);
        Assert.False(Directory.Exists(directory.Root));
    }

    [Fact]
    public async Task A_server_that_was_killed_is_shown_as_stopped_and_starts_again()
    {
        PgInstance made = await CreateAsync("killed");
        using (var server = Process.GetProcessById((int)made.Detail["ProcessId"]))
        {
            server.Kill();
            await server.WaitForExitAsync();
        }

        PgInstance seen = (await _provider.FindInstanceAsync("killed", _silent, CancellationToken.None))!;
        Assert.Equal(PgInstanceStatus.Stopped, seen.Status);
        Assert.Contains("without a shutdown", seen.StatusDetail, StringComparison.Ordinal);
        Assert.Equal(PgInstanceStatus.Ready, (await _provider.StartInstanceAsync(seen, _silent, CancellationToken.None)).Status);
    }

    [Fact]
    public async Task A_directory_that_is_not_ours_is_left_alone()
    {
        string foreign = Directory.CreateDirectory(Path.Combine(_state, "foreign")).FullName;
        await File.WriteAllTextAsync(Path.Combine(foreign, "thesis.txt"), "precious");

        var error = await Assert.ThrowsAsync<PgCloudException>(() => CreateAsync("foreign"));
        Assert.Equal("PgCloud.Instance.DirectoryNotOurs", error.ErrorId);
        Assert.Equal(foreign, error.Target);
        Assert.Equal("precious", await File.ReadAllTextAsync(Path.Combine(foreign, "thesis.txt")));
        Assert.Null(await _provider.FindInstanceAsync("foreign", _silent, CancellationToken.None));
        Assert.Empty(await _provider.GetInstancesAsync(_silent, CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../escape")]
    [InlineData("a b")]
    [InlineData("it's")]
    [InlineData(".hidden")]
    [InlineData("nul\0")]
    [InlineData("line\n")]
    [InlineData("🐘")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_bad_name_is_refused_before_anything_is_made(string name)
    {
        var error = await Assert.ThrowsAsync<PgCloudException>(() => CreateAsync(name));
        Assert.Equal("PgCloud.Instance.NameInvalid", error.ErrorId);
        Assert.Equal(PgErrorKind.InvalidArgument, error.Kind);
        Assert.Equal(name, error.Target);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_state));
    }

    [Fact]
    public async Task The_superuser_gets_no_further_than_the_module_itself()
    {
        PgInstance made = await CreateAsync("safe");
        await _provider.AddAuthorisedIpsAsync(
            made, [new AuthorisedIpRequest("127.0.0.0/8", null, null)], _silent, CancellationToken.None);
        string[] rules = await File.ReadAllLinesAsync(new InstanceDirectory(_state, "safe").HbaFile);
        int reject = Array.IndexOf(rules, "host all pgcloud_superuser all reject");
        Assert.True(reject > 0 && reject < Array.FindIndex(rules, r => r.Contains("127.0.0.0/8", StringComparison.Ordinal)));
    }

    private Task<PgInstance> CreateAsync(string name) =>
        _provider.CreateInstanceAsync(new NewInstanceRequest(name), _silent, CancellationToken.None);

    // A process that has ended but was not collected by its parent yet has an empty command line.
    private static bool IsRunning(int process) =>
        File.Exists($"/proc/{process}/cmdline") && File.ReadAllText($"/proc/{process}/cmdline").Length > 0;

    private sealed class NullReporter : IReporter
    {
        public void Step(string what, TimeSpan took)
        {
        }

        public void Progress(string activity, string status, int percent)
        {
        }

        public void Warning(string message)
        {
        }
    }
}
