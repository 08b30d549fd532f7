// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Completion;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Database;

/// <summary>Makes a database, or brings an existing one to what is asked.</summary>
/// <remarks>
///   <para>
///     What is not given stays as it is. A database that is there as asked is reported as Unchanged and nothing is written; owner, limit,
///     comment and the like are changed; encoding, locale and tablespace cannot be, and where they differ that is an error.
///   </para>
///   <para>
///     The owner may be any role that the user made or may grant: the right to hand the database over is borrowed and given back in one
///     transaction. PostgreSQL makes databases outside transactions, so that a connection that breaks in between leaves the new database
///     with the user who made it; run again, the cmdlet completes it. What is piped in lends its connection and never its name.
///   </para>
///   <para>
///     After an error there is no such database, or it is with the user who made it and run again the cmdlet completes it.
///   </para>
/// </remarks>
/// <example>
///   <code>$ops | New-PgRole app; $ops | New-PgDatabase orders -Owner app</code>
///   <para>Makes a database for an application's role, also as an admin who is no superuser.</para>
/// </example>
/// <example>
///   <code>$ops | New-PgDatabase reports | Invoke-PgQuery 'CREATE EXTENSION IF NOT EXISTS pgcrypto'</code>
///   <para>What is written leads to the new database: the next cmdlet connects to it.</para>
/// </example>
/// <example>
///   <code>$ops | New-PgDatabase shop, stock -Encoding UTF8 -LocaleProvider Icu -Locale de-DE -Template template0</code>
///   <para>Makes two databases that sort as German does. What differs from template1 must be copied from template0.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "PgDatabase", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgDatabase))]
public sealed class NewPgDatabaseCommand : DatabaseCmdlet
{
    /// <summary>The database's name, taken exactly as it is: upper case, spaces and quotes included. 1 to 63 bytes in UTF-8.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("DatabaseName")]
    [AllowEmptyString]
    public string[] Name { get; set; } = [];

    /// <summary>The role that shall own it; without it, of a new one the user who makes it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Owner { get; set; }

    /// <summary>The character set, such as UTF8; without it the template's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Encoding { get; set; }

    /// <summary>Who sorts and classifies text: Libc, Icu (PostgreSQL 15 and later) or Builtin (17 and later); without it the template's.</summary>
    [Parameter]
    public PgLocaleProvider? LocaleProvider { get; set; }

    /// <summary>The locale in the provider's words: en_US.UTF-8 (Libc), en-US (Icu), C.UTF-8 (Builtin).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Locale { get; set; }

    /// <summary>The C library's locale for sorting, where it is another (LC_COLLATE).</summary>
    [Parameter]
    [Alias("LcCollate")]
    [ValidateNotNullOrEmpty]
    public string? Collate { get; set; }

    /// <summary>The C library's locale for the kinds of characters, where it is another (LC_CTYPE).</summary>
    [Parameter]
    [Alias("LcCType")]
    [ValidateNotNullOrEmpty]
    public string? CType { get; set; }

    /// <summary>The database to copy; without it template1. Of a database that is there already it is not looked at.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DatabaseNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Template { get; set; }

    /// <summary>The tablespace for its tables.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Tablespace { get; set; }

    /// <summary>How many connections it takes at once; -1 for no limit.</summary>
    [Parameter]
    [ValidateRange(-1, int.MaxValue)]
    public int ConnectionLimit { get; set; }

    /// <summary>A comment on it; an empty one takes away what is there.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Comment { get; set; }

    /// <summary>Accepted so that a pipeline reads alike everywhere; the database is always written.</summary>
    [Parameter(DontShow = true)]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        foreach (string name in Name)
        {
            await ForEachAsync(() => EnsureAsync(name, cancellation));
        }
    }

    private async Task EnsureAsync(string name, CancellationToken cancellation)
    {
        var request = new DatabaseRequest(name)
        {
            Owner = Owner,
            Encoding = Encoding,
            LocaleProvider = LocaleProvider,
            Locale = Locale,
            Collate = Collate,
            CType = CType,
            Template = Template,
            Tablespace = Tablespace,
            ConnectionLimit = IsGiven(nameof(ConnectionLimit)) ? ConnectionLimit : null,
            Comment = Comment,
        };
        About<PgDatabase>(name);
        ISqlSession session = await SessionAsync(cancellation);
        if (await session.Databases.EnsureAsync(request, Approval, cancellation) is { } database)
        {
            await WriteChangedAsync(database);
        }
    }
}
