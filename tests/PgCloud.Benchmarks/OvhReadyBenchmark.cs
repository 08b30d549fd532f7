// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Contracts;
using PgCloud.Emulator;

namespace PgCloud.Benchmarks;

/// <summary>How long after an instance is ready New-PgInstance -Wait says so, and how many calls the waiting took.</summary>
internal static class OvhReadyBenchmark
{
    internal static async Task RunAsync()
    {
        if (!Shell.IsThere())
        {
            return;
        }

        using var work = new Workspace();

        // An instance is made in 10 minutes there: in 20 s here.
        await using EmulatedAccount account = await EmulatedAccount.StartAsync(new EmulatorOptions { Speed = 30 });
        string script = work.Script("ready.ps1", $$"""
            Import-Module '{{Shell.Root}}/PgCloud.psd1'
            $secret = ConvertTo-SecureString '{{account.Line.ApplicationSecret}}' -AsPlainText -Force
            $key = ConvertTo-SecureString '{{account.Line.ConsumerKey}}' -AsPlainText -Force
            $application = [pscredential]::new('{{account.Line.ApplicationKey}}', $secret)
            $null = Connect-PgCloud Ovh -Endpoint '{{account.Line.Http}}' -ApplicationCredential $application -ConsumerKey $key -Project Orders
            $null = New-PgInstance bench -Region GRA -Wait
            [datetime]::UtcNow.Ticks
            """);
        Task<(double Milliseconds, string Output)> shell = Shell.RunAsync(script);
        DateTime ready = await WatchAsync(account, shell);
        var noticed = new DateTime(long.Parse((await shell).Output, CultureInfo.InvariantCulture), DateTimeKind.Utc);
        Pairs.Print("New-PgInstance -Wait returns after the instance is ready", (noticed - ready).TotalSeconds, "s", PollPace.OfRemoteApi.Longest.TotalSeconds);
    }

    // From this process, where a look costs nothing.
    private static async Task<DateTime> WatchAsync(EmulatedAccount account, Task shell)
    {
        while (!shell.IsCompleted)
        {
            IReadOnlyList<PgInstance> all = await account.Provider.GetInstancesAsync(Silence.Instance, CancellationToken.None);
            if (all is [{ Status: PgInstanceStatus.Ready }])
            {
                return DateTime.UtcNow;
            }

            await Task.Delay(20);
        }

        await shell;
        throw new InvalidOperationException("The instance was not seen to become ready.");
    }
}
