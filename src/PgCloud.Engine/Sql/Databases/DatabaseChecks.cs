// SPDX-License-Identifier: MIT

using System.Text;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Databases;

/// <summary>Refuses what no server could take, before anything is sent.</summary>
internal static class DatabaseChecks
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Refuses what cannot be the name of a database.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Database.NameInvalid</c>.</exception>
    internal static void Name(string name)
    {
        if (PgNames.FlawOf(name) is { } flaw)
        {
            throw PgErrors.DatabaseNameInvalid(name, flaw);
        }
    }

    /// <summary>Checks what a database is to be changed to.</summary>
    internal static void Attributes(DatabaseAttributes attributes)
    {
        Name(attributes.Name);
        if (attributes.Owner is { } owner)
        {
            PgNames.CheckIdentifier(owner);
        }

        Text(attributes.Name, "the comment", attributes.Comment);
    }

    /// <summary>Checks what a database is to be made as, and leaves out what the server has no words for and is so anyway.</summary>
    internal static DatabaseRequest Request(DatabaseRequest request, Version server)
    {
        Attributes(request);
        if (request.Template is { } template)
        {
            Name(template);
        }

        if (request.Tablespace is { } tablespace && PgNames.FlawOf(tablespace) is { } flaw)
        {
            throw PgErrors.DatabaseOptionInvalid(request.Name, $"as the name of a tablespace, {flaw}", null);
        }

        Text(request.Name, "the encoding", request.Encoding);
        Text(request.Name, "the locale", request.Locale);
        Text(request.Name, "the collation", request.Collate);
        Text(request.Name, "the character type", request.CType);
        int since = request.LocaleProvider switch
        {
            PgLocaleProvider.Builtin => 17,
            PgLocaleProvider.Icu => 15,
            _ => 0,
        };
        if (server.Major < since)
        {
            throw PgErrors.DatabaseOptionNotSupported(request.Name, $"The locale provider {request.LocaleProvider}", since, server);
        }

        return server.Major < 15 ? request with { LocaleProvider = null } : request;
    }

    private static void Text(string name, string what, string? text)
    {
        if (text is null)
        {
            return;
        }

        try
        {
            _ = Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            throw PgErrors.DatabaseOptionInvalid(name, $"{what} contains half of a surrogate pair", null);
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw PgErrors.DatabaseOptionInvalid(name, $"{what} contains NUL", null);
        }
    }
}
