// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.User;

/// <summary>Makes a manager user: the admin-like user of an instance, who makes roles and databases and grants them.</summary>
/// <remarks>
///   Provider Local gives LOGIN CREATEROLE CREATEDB and membership in pgcloud_admin and pgcloud_writer; never superuser. The password is in
///   the result's Credential, once; Reset-PgUserPassword sets another. A manager user of that name that exists already is reported as
///   Unchanged, without a credential, unless -Password is given.
///   Provider Ovh makes the user by the API, which makes its password, and gives CREATEROLE, CREATEDB and the predefined roles that avnadmin can
///   grant, by SQL: this machine must be among the authorised addresses. If it is not, nothing is made. As avnadmin's password is told to
///   nobody, give an -AdminCredential, or -ResetAdmin; after New-PgInstance in the same session neither is needed.
///   After an error there is no such user, or Get-PgCloudUser lists it; run again it makes no second one, and gives it what rights it lacks. A
///   password that was not told is told by nobody: Reset-PgUserPassword makes another.
/// </remarks>
/// <example>
///   <code>$ops = New-PgManagerUser orders -Name ops</code>
///   <para>Makes the user; $ops.Credential holds its password and $ops goes into every SQL cmdlet as -Connection.</para>
/// </example>
/// <example>
///   <code>New-PgManagerUser orders -Name ops | Get-PgRole</code>
///   <para>Makes the user and lists, as that user, the roles of the server.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "PgManagerUser", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgCloudUser))]
public sealed class NewPgManagerUserCommand : NewUserCmdlet
{
    private protected override PgCloudUserKind Kind => PgCloudUserKind.Manager;
}
