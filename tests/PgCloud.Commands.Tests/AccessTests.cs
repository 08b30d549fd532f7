// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Hosting;
using Xunit;

namespace PgCloud.Commands.Tests;

[Collection(RunningInstanceCollection.Name)]
public sealed class AccessTests(RunningInstance running)
{
    private readonly Module _module = running.Module;

    [Fact]
    public void An_address_is_let_in_and_no_longer()
    {
        Assert.False((bool)_module.One("Test-PgConnection $ops -SourceAddress 127.0.0.9").BaseObject);
        _module.Run("Add-PgAuthorisedIp shared 127.0.0.9");
        Assert.True((bool)_module.One("Test-PgConnection $ops -SourceAddress 127.0.0.9").BaseObject);
        _module.Run("Get-PgAuthorisedIp shared 127.0.0.9 | Remove-PgAuthorisedIp");
        Assert.False((bool)_module.One("Test-PgConnection $ops -SourceAddress 127.0.0.9").BaseObject);
    }

    [Fact]
    public void A_range_is_normalised_and_says_so()
    {
        PSObject ip = _module.One("Add-PgAuthorisedIp shared 127.7.7.7/16 -Description 'a range' -PassThru");
        Assert.Equal("127.7.0.0/16", ip.Text("Cidr"));
        Assert.Equal("127.7.7.7/16", ip.Text("NormalisedFrom"));
        Assert.Equal("Created", ip.Text("Change"));
        Assert.Equal("Unchanged", _module.One("Add-PgAuthorizedIp shared 127.7.0.0/16 -PassThru").Text("Change"));
        Assert.Equal("a range", _module.One("Get-PgAuthorisedIp shared 127.7.0.0/16").Text("Description"));
        Assert.Equal("Updated", _module.One("Add-PgAuthorisedIp shared 127.7.0.0/16 -Description new -PassThru").Text("Change"));
        Assert.Equal("Removed", _module.One("Remove-PgAuthorisedIp shared 127.7.0.0/16 -PassThru").Text("Change"));
        Assert.Equal("Unchanged", _module.One("Remove-PgAuthorisedIp shared 127.7.0.0/16 -PassThru").Text("Change"));
    }

    [Fact]
    public void A_bad_address_among_good_ones_writes_nothing()
    {
        int before = _module.Run("Get-PgAuthorisedIp shared").Count;
        ErrorRecord error = _module.Fails(
            "Add-PgAuthorisedIp shared 127.1.1.1, 127.1.1.1/99", "PgCloud.Network.AddressInvalid", ErrorCategory.InvalidArgument);
        Assert.Equal("127.1.1.1/99", error.TargetObject);
        Assert.Equal(before, _module.Run("Get-PgAuthorisedIp shared").Count);
    }

    [Fact]
    public void Opening_to_everybody_is_asked_about()
    {
        var asked = new List<string>();
        _module.Host.Confirm = (query, _) =>
        {
            asked.Add(query);
            return false;
        };
        _module.Run("Add-PgAuthorisedIp shared 0.0.0.0/0");
        Assert.Contains("every address", Assert.Single(asked), StringComparison.Ordinal);
        _module.Fails("Get-PgAuthorisedIp shared 0.0.0.0/0", "PgCloud.Network.AddressNotFound", ErrorCategory.ObjectNotFound);

        _module.Run("Add-PgAuthorisedIp shared ::/0 -Force");
        _module.Run("Remove-PgAuthorisedIp shared ::/0");
        Assert.Single(asked);
        _module.Host.Confirm = null;
    }

    [Fact]
    public void The_detailed_test_names_the_step_that_failed()
    {
        PSObject test = _module.One("Test-PgConnection $ops -Detailed -SourceAddress 127.0.0.3");
        Assert.Equal("AuthorisedAddress", test.Text("FailedStep"));
        Assert.Contains("127.0.0.3", test.Text("Message"), StringComparison.Ordinal);
        Assert.Contains("Add-PgAuthorisedIp -Instance 'shared' -Address 127.0.0.3", test.Text("Action"), StringComparison.Ordinal);
    }

    [Fact]
    public void Manager_and_writer_users_have_the_rights_of_a_managed_service()
    {
        _module.Run("New-PgWriterUser shared pen");
        PSObject[] roles = [.. _module.Run("$ops | Get-PgRole -Name ops, pen")];
        Assert.Equal(["{pgcloud_admin, pgcloud_writer}", "{pgcloud_writer}"], roles.Select(r => r.Text("MemberOfText")));
        Assert.Equal(["True", "False"], roles.Select(r => r.Text("CreateRole")));
        Assert.Equal(["True", "False"], roles.Select(r => r.Text("CreateDatabase")));
        Assert.All(roles, r => Assert.Equal("False", r.Text("Superuser")));
        Assert.Equal(["Manager", "Writer"], _module.Run("Get-PgCloudUser shared -Name ops, pen").Select(u => u.Text("Kind")));
        Assert.Equal("Removed", _module.One("Remove-PgCloudUser shared pen -Confirm:$false -PassThru").Text("Change"));
    }

    [Fact]
    public void A_reset_password_replaces_the_old_one()
    {
        _module.Run("""
            $old = New-PgWriterUser shared reset
            $new = Reset-PgUserPassword shared reset -Confirm:$false
            """);
        PSObject refused = _module.One("Test-PgConnection $old -Detailed");
        Assert.Equal("Login", refused.Text("FailedStep"));
        Assert.True((bool)_module.One("Test-PgConnection $new").BaseObject);
        _module.Fails("Invoke-PgQuery 'SELECT 1' -Connection $old", "PgCloud.Connection.LoginFailed", ErrorCategory.AuthenticationError);
    }

    [Fact]
    public void A_user_that_is_there_is_told_without_a_password()
    {
        HostResult result = _module.Host.Run("New-PgManagerUser shared ops | Get-PgRole");
        Assert.StartsWith(
            "PgCloud.Connection.NoCredential,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("Unchanged", _module.One("New-PgManagerUser shared ops").Text("Change"));
        _module.Fails("New-PgWriterUser shared ops", "PgCloud.User.KindDiffers", ErrorCategory.ResourceExists);
        _module.Fails("New-PgWriterUser shared pgcloud_admin", "PgCloud.Role.NameInvalid", ErrorCategory.InvalidArgument);
    }
}
