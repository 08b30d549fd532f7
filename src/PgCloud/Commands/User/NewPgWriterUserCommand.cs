// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Pipeline;

namespace PgCloud.Commands.User;

/// <summary>Makes a writer user, who reads and writes all data and no more.</summary>
/// <remarks>
///   Provider Local gives LOGIN and membership in pgcloud_writer. The password is in the result's Credential, once; Reset-PgUserPassword sets
///   another. A writer user of that name that exists already is reported as Unchanged, without a credential, unless -Password is given.
///   Provider Ovh makes the user by the API, which makes its password, and makes it a member of pg_read_all_data and pg_write_all_data by SQL: see
///   New-PgManagerUser.
///   After an error there is no such user, or Get-PgCloudUser lists it; run again it makes no second one, and gives it what rights it lacks. A
///   password that was not told is told by nobody: Reset-PgUserPassword makes another.
/// </remarks>
/// <example>
///   <code>New-PgWriterUser orders -Name app | Test-PgConnection</code>
///   <para>Makes the user and tries its login.</para>
/// </example>
/// <example>
///   <code>New-PgWriterUser orders -Name app -Password (Read-Host -AsSecureString)</code>
///   <para>Makes the user with a password that you type.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "PgWriterUser", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgCloudUser))]
public sealed class NewPgWriterUserCommand : NewUserCmdlet
{
    private protected override PgCloudUserKind Kind => PgCloudUserKind.Writer;
}
