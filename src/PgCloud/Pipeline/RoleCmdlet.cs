// SPDX-License-Identifier: MIT

using System.Collections;
using System.Management.Automation;
using PgCloud.Contracts;

namespace PgCloud.Pipeline;

/// <summary>What New-PgRole and Set-PgRole share: the attributes. One that is not given stays as it is.</summary>
public abstract class RoleCmdlet : SqlCmdlet
{
    /// <summary>The role may log in.</summary>
    [Parameter]
    public SwitchParameter Login { get; set; }

    /// <summary>The role has the privileges of the roles it is a member of without SET ROLE; -Inherit:$false for NOINHERIT.</summary>
    [Parameter]
    public SwitchParameter Inherit { get; set; }

    /// <summary>The role may make databases.</summary>
    [Parameter]
    [Alias("CreateDb")]
    public SwitchParameter CreateDatabase { get; set; }

    /// <summary>The role may make roles.</summary>
    [Parameter]
    public SwitchParameter CreateRole { get; set; }

    /// <summary>The role may stream replication. Before PostgreSQL 16 only a superuser may give this; since, who has it.</summary>
    [Parameter]
    public SwitchParameter Replication { get; set; }

    /// <summary>The role passes by every row-level security policy. Before PostgreSQL 16 only a superuser may give this; since, who has it.</summary>
    [Parameter]
    public SwitchParameter BypassRls { get; set; }

    /// <summary>The role is a superuser. Only a superuser may give this, and no managed cloud gives one away.</summary>
    [Parameter]
    public SwitchParameter Superuser { get; set; }

    /// <summary>How many connections it may have at once; -1 for no limit.</summary>
    [Parameter]
    [ValidateRange(-1, int.MaxValue)]
    public int ConnectionLimit { get; set; }

    /// <summary>Until when the password is accepted: a moment, or the word never.</summary>
    [Parameter]
    [NeverTransformation]
    public DateTimeOffset ValidUntil { get; set; }

    /// <summary>The comment on the role; empty for none.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Comment { get; set; }

    /// <summary>What is asked of one role.</summary>
    private protected RoleRequest Request(string name, IDictionary? settings) => new(name)
    {
        Login = Asked(nameof(Login), Login),
        Inherit = Asked(nameof(Inherit), Inherit),
        CreateDatabase = Asked(nameof(CreateDatabase), CreateDatabase),
        CreateRole = Asked(nameof(CreateRole), CreateRole),
        Replication = Asked(nameof(Replication), Replication),
        BypassRls = Asked(nameof(BypassRls), BypassRls),
        Superuser = Asked(nameof(Superuser), Superuser),
        ConnectionLimit = IsGiven(nameof(ConnectionLimit)) ? ConnectionLimit : null,
        ValidUntil = IsGiven(nameof(ValidUntil)) ? ValidUntil : null,
        Comment = Comment,
        Settings = SettingArgument.Read(settings),
    };

    private bool? Asked(string parameter, SwitchParameter value) => IsGiven(parameter) ? value.IsPresent : null;
}
