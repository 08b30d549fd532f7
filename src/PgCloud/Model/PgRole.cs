// SPDX-License-Identifier: MIT

using System.ComponentModel;
using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A PostgreSQL role, as it was when it was read (pg_roles).</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgRole
{
    /// <summary>The role's name (rolname).</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is a superuser (rolsuper).</summary>
    public bool Superuser { get; init; }

    /// <summary>Whether it has the privileges of the roles it is a member of without SET ROLE (rolinherit).</summary>
    public bool Inherit { get; init; }

    /// <summary>Whether it may make roles (rolcreaterole).</summary>
    public bool CreateRole { get; init; }

    /// <summary>Whether it may make databases (rolcreatedb).</summary>
    public bool CreateDatabase { get; init; }

    /// <summary>Whether it may log in (rolcanlogin).</summary>
    public bool Login { get; init; }

    /// <summary>Whether it may stream replication (rolreplication).</summary>
    public bool Replication { get; init; }

    /// <summary>Whether it passes by every row-level security policy (rolbypassrls).</summary>
    public bool BypassRls { get; init; }

    /// <summary>How many connections it may have at once; -1 for no limit (rolconnlimit).</summary>
    public int ConnectionLimit { get; init; } = -1;

    /// <summary>Until when its password is accepted (UTC); <c>$null</c> for ever (rolvaliduntil).</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The roles it is a direct member of.</summary>
    public IReadOnlyList<string> MemberOf { get; init => field = Lists.Indexable(value); } = [];

    /// <summary>The roles it is a direct member of, as one text: PowerShell's tables cut a list off after four.</summary>
    public string MemberOfText => $"{{{string.Join(", ", MemberOf)}}}";

    /// <summary>The comment on it (COMMENT ON ROLE); <c>$null</c> where there is none.</summary>
    public string? Comment { get; init; }

    /// <summary>Its settings, for all databases and for single ones (pg_db_role_setting).</summary>
    public IReadOnlyList<PgRoleSetting> Setting { get; init => field = Lists.Indexable(value); } = [];

    /// <summary>Its settings as one text: PowerShell's lists cut a list off after four.</summary>
    public string SettingText => $"{{{string.Join("; ", Setting)}}}";

    /// <summary>The name and password, on the object that a cmdlet writes which has set the password.</summary>
    public PSCredential? Credential { get; internal set; }

    /// <summary>The connection through which the role was read or made.</summary>
    public PgConnection? Connection { get; internal set; }

    /// <summary>What the cmdlet that wrote this object did.</summary>
    public PgChange Change { get; internal set; }

    /// <summary>The role's name.</summary>
    public override string ToString() => Name;
}
