// SPDX-License-Identifier: MIT

using System.Management.Automation;
using Xunit;

namespace PgCloud.Commands.Tests;

public sealed class SessionTests : IDisposable
{
    private readonly Module _module = new();

    public void Dispose() => _module.Dispose();

    [Fact]
    public void Without_a_session_the_error_says_what_to_do()
    {
        _module.Run("Disconnect-PgCloud");
        ErrorRecord error = _module.Fails("Get-PgInstance", "PgCloud.Cloud.NotConnected", ErrorCategory.InvalidOperation);
        Assert.Contains("Connect-PgCloud", error.ErrorDetails!.RecommendedAction, StringComparison.Ordinal);
        _module.Run($"Connect-PgCloud Local -StateDirectory '{_module.StateDirectory}'");
    }

    [Fact]
    public void The_session_opened_last_is_the_default()
    {
        _module.Run($"Connect-PgCloud Local -Name second -StateDirectory '{_module.StateDirectory}/second'");
        Assert.Equal(["False", "True"], _module.Run("Get-PgCloudSession").Select(s => s.Text("IsDefault")));
        _module.Run("Disconnect-PgCloud second");
        Assert.Equal("True", _module.One("Get-PgCloudSession").Text("IsDefault"));
    }

    [Fact]
    public void Two_hosts_have_sessions_of_their_own()
    {
        using var other = new Module();
        Assert.NotEqual(
            _module.One("Get-PgCloudSession").Text("Account"),
            other.One("Get-PgCloudSession").Text("Account"));
    }

    [Fact]
    public void A_directory_that_cannot_be_is_refused()
    {
        string file = Path.Combine(_module.StateDirectory, "file");
        File.WriteAllText(file, string.Empty);
        _module.Fails($"Connect-PgCloud Local -StateDirectory '{file}/below'", "PgCloud.Cloud.StateDirectoryInvalid", ErrorCategory.WriteError);
        File.Delete(file);
    }

    [Fact]
    public void The_provider_says_what_it_offers_and_the_way_round()
    {
        PSObject provider = _module.One("Get-PgProvider Local");
        Assert.Equal("Local", provider.Text("Name"));
        Assert.Contains("-Backup and restore", ((IEnumerable<object>)provider.Get("Feature")!).Select(f => f.ToString()));
    }
}
