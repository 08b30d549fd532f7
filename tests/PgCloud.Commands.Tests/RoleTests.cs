// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using PgCloud.Hosting;
using Xunit;

namespace PgCloud.Commands.Tests;

[Collection(RunningInstanceCollection.Name)]
public sealed class RoleTests(RunningInstance running)
{
    private readonly Module _module = running.Module;

    [Theory]
    [InlineData("plain")]
    [InlineData("Upper Case")]
    [InlineData("dotted.name")]
    [InlineData("qu\"ote")]
    [InlineData("x'; DROP ROLE ops; --")]
    [InlineData("🐘")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk")]
    public void A_name_is_only_a_name(string name)
    {
        _module.Host.SetVariable("name", name);
        Assert.Equal("Created", _module.One("$ops | New-PgRole $name").Text("Change"));
        Assert.Equal("Unchanged", _module.One("$ops | New-PgRole $name").Text("Change"));
        Assert.Equal("Created", _module.One("Grant-PgRole pg_monitor $name -Connection $ops -PassThru").Text("Change"));
        Assert.Equal("Unchanged", _module.One("Grant-PgRole pg_monitor $name -Connection $ops -PassThru").Text("Change"));
        Assert.Equal("{pg_monitor}", _module.One("$ops | Get-PgRole $name").Text("MemberOfText"));
        Assert.Equal("Removed", _module.One("Revoke-PgRole pg_monitor $name -Connection $ops -PassThru").Text("Change"));
        Assert.Equal("Removed", _module.One("$ops | Remove-PgRole $name -Confirm:$false -PassThru").Text("Change"));
        Assert.Single(_module.Run("$ops | Get-PgRole ops"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nul\0l")]
    [InlineData("pg_mine")]
    [InlineData("public")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl")]
    [InlineData("🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘")]
    public void A_name_PostgreSQL_cannot_hold_is_refused(string name)
    {
        _module.Host.SetVariable("name", name);
        int before = _module.Run("$ops | Get-PgRole").Count;
        ErrorRecord error = _module.Fails("$ops | New-PgRole $name", "PgCloud.Role.NameInvalid", ErrorCategory.InvalidArgument);
        Assert.Equal(name, error.TargetObject);
        Assert.Equal(before, _module.Run("$ops | Get-PgRole").Count);
    }

    [Fact]
    public void Granting_what_does_not_exist_grants_nothing()
    {
        _module.Run("$ops | New-PgRole lonely");
        ErrorRecord error = _module.Fails(
            "Grant-PgRole pg_monitor, no_such_role lonely -Connection $ops", "PgCloud.Role.NotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("no_such_role", error.TargetObject);
        Assert.Equal("{}", _module.One("$ops | Get-PgRole lonely").Text("MemberOfText"));
        _module.Fails("Grant-PgRole lonely lonely -Connection $ops", "PgCloud.Role.MembershipLoop", ErrorCategory.InvalidOperation);
    }

    [Fact]
    public void What_if_names_the_statement_and_does_not_run_it()
    {
        HostResult result = _module.Host.Run("$ops | New-PgRole ghost -WhatIf");
        Assert.Contains("CREATE ROLE \"ghost\"", Assert.Single(result.WhatIf), StringComparison.Ordinal);
        Assert.Empty(_module.Run("$ops | Get-PgRole ghost*"));
    }

    [Fact]
    public void Rows_are_objects_with_values()
    {
        _module.Host.SetVariable("parameters", new Hashtable { ["who"] = "O'Hara" });
        PSObject row = _module.One("Invoke-PgQuery 'SELECT 1 AS one, NULL AS nothing, @who AS who' $parameters -Connection $ops");
        Assert.Equal(1, row.Get("one"));
        Assert.Null(row.Get("nothing"));
        Assert.Equal("O'Hara", row.Get("who"));
    }

    [Fact]
    public void A_statement_the_server_refuses_is_an_error_with_its_state()
    {
        ErrorRecord error = _module.Fails("Invoke-PgQuery 'SELEC 1' -Connection $ops", "PgCloud.Sql.Failed", ErrorCategory.InvalidOperation);
        Assert.Contains("42601", error.Exception.Message, StringComparison.Ordinal);
        _module.Fails("Invoke-PgQuery 'CREATE ROLE root SUPERUSER' -Connection $ops", "PgCloud.Sql.PermissionDenied", ErrorCategory.PermissionDenied);
    }
}
