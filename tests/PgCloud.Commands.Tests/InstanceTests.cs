// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Hosting;
using Xunit;

namespace PgCloud.Commands.Tests;

public sealed class InstanceTests : IDisposable
{
    private readonly Module _module = new();

    public void Dispose() => _module.Dispose();

    [Fact]
    public void The_pipeline_of_the_readme_runs()
    {
        _module.Run("$password = ConvertTo-SecureString 'correct horse' -AsPlainText -Force");
        IReadOnlyList<PSObject> granted = _module.Run("""
            New-PgInstance -Name orders |
                Add-PgAuthorisedIp -Address 127.0.0.1 -Description 'this machine' -PassThru |
                New-PgManagerUser -Name ops |
                New-PgRole -Name mary -Login -Password $password |
                Grant-PgRole -Role pg_monitor, pg_signal_backend -PassThru
            """);
        Assert.Equal(["pg_monitor", "pg_signal_backend"], granted.Select(g => g.Text("Role")));
        Assert.All(granted, g => Assert.Equal("mary", g.Text("Member")));
        Assert.All(granted, g => Assert.Equal("Created", g.Text("Change")));
    }

    [Fact]
    public void Several_addresses_make_one_user()
    {
        IReadOnlyList<PSObject> users = _module.Run(
            "New-PgInstance orders | Add-PgAuthorisedIp -Address 127.0.0.1, 127.0.0.2 -PassThru | New-PgManagerUser -Name ops");
        Assert.NotNull(Assert.Single(users).Get("Credential"));
    }

    [Fact]
    public void What_if_makes_nothing()
    {
        HostResult result = _module.Host.Run("New-PgInstance orders -WhatIf");
        Assert.Empty(result.Output);
        Assert.Contains("orders", Assert.Single(result.WhatIf), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_module.StateDirectory));
    }

    [Fact]
    public void A_name_that_is_taken_is_refused()
    {
        _module.Run("New-PgInstance orders");
        ErrorRecord error = _module.Fails("New-PgInstance orders", "PgCloud.Instance.Exists", ErrorCategory.ResourceExists);
        Assert.Equal("orders", error.TargetObject);
        Assert.NotEmpty(error.ErrorDetails!.RecommendedAction);
    }

    [Fact]
    public void One_bad_name_does_not_stop_the_others()
    {
        HostResult result = _module.Host.Run("New-PgInstance 'bad name', good");
        Assert.StartsWith("PgCloud.Instance.NameInvalid,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("good", Assert.Single(result.Objects)!.Text("Name"));
    }

    [Fact]
    public void Stop_ends_a_creation_and_leaves_nothing()
    {
        var stop = new Timer(_ => _module.Host.Stop(), null, 250, Timeout.Infinite);
        HostResult result = _module.Host.Run("New-PgInstance orders");
        stop.Dispose();
        Assert.Empty(result.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_module.StateDirectory));
    }

    [Fact]
    public void An_instance_that_does_not_exist_is_said_to()
    {
        ErrorRecord error = _module.Fails("Get-PgInstance nope", "PgCloud.Instance.NotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("nope", error.TargetObject);
        _module.Fails("Add-PgAuthorisedIp nope 127.0.0.1", "PgCloud.Instance.NotFound", ErrorCategory.ObjectNotFound);
        Assert.Empty(_module.Run("Get-PgInstance nope*"));
    }

    [Fact]
    public void Starting_and_stopping_tell_what_they_changed()
    {
        _module.Run("New-PgInstance orders");
        Assert.Equal("Updated", _module.One("Stop-PgInstance orders -PassThru").Text("Change"));
        Assert.Equal("Unchanged", _module.One("Stop-PgInstance orders -PassThru").Text("Change"));
        Assert.Equal("Stopped", _module.One("Get-PgInstance orders").Text("Status"));
        _module.Fails("New-PgManagerUser orders ops", "PgCloud.Instance.NotReady", ErrorCategory.InvalidOperation);
        _module.Fails("Wait-PgInstance orders -TimeoutSec 0", "PgCloud.Instance.WaitTimeout", ErrorCategory.OperationTimeout);
        Assert.Equal("Updated", _module.One("Start-PgInstance orders -PassThru").Text("Change"));
        Assert.Equal("Ready", _module.One("Wait-PgInstance orders").Text("Status"));
    }

    [Fact]
    public void Removing_asks_first()
    {
        _module.Run("New-PgInstance orders");
        _module.Host.Confirm = (_, _) => false;
        _module.Run("Remove-PgInstance orders");
        Assert.Single(_module.Run("Get-PgInstance"));
        _module.Run("Remove-PgInstance orders -Confirm:$false");
        Assert.Empty(_module.Run("Get-PgInstance"));
    }
}
