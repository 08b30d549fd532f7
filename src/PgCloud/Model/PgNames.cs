// SPDX-License-Identifier: MIT

using System.Text;
using PgCloud.Errors;

namespace PgCloud;

/// <summary>PostgreSQL's rules for names. Names are always quoted and never parsed.</summary>
internal static class PgNames
{
    /// <summary>
    ///   The longest identifier, in bytes: NAMEDATALEN - 1. PostgreSQL cuts a longer one off with no more than a notice, after which two
    ///   different names can be one (PostgreSQL documentation, 4.1.1).
    /// </summary>
    internal const int MaxBytes = 63;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A name as an SQL identifier.</summary>
    internal static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Whether a role is one of PostgreSQL's own (PostgreSQL documentation, 22.5).</summary>
    internal static bool IsPredefined(string name) => name.StartsWith("pg_", StringComparison.Ordinal);

    /// <summary>What keeps a text from being an identifier; <see langword="null"/> where nothing does.</summary>
    /// <param name="name">The text.</param>
    /// <param name="maxBytes">How long it may be; a routine's signature is longer than a name.</param>
    internal static string? FlawOf(string name, int maxBytes = MaxBytes)
    {
        if (name.Length == 0)
        {
            return "it is empty";
        }

        if (TextFlawOf(name) is { } flaw)
        {
            return flaw;
        }

        int bytes = Strict.GetByteCount(name);
        return bytes > maxBytes ? $"it has {bytes} bytes in UTF-8" : null;
    }

    /// <summary>What keeps a text from being stored; <see langword="null"/> where nothing does.</summary>
    internal static string? TextFlawOf(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return "it contains NUL";
        }

        try
        {
            _ = Strict.GetByteCount(text);
            return null;
        }
        catch (EncoderFallbackException)
        {
            return "it contains half of a surrogate pair";
        }
    }

    /// <summary>Refuses what cannot be the name of a role that exists.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Role.NameInvalid</c>.</exception>
    internal static void CheckIdentifier(string name)
    {
        if (FlawOf(name) is { } flaw)
        {
            throw PgErrors.RoleNameInvalid(name, flaw);
        }
    }

    /// <summary>Refuses what cannot be the name of a new role.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Role.NameInvalid</c>.</exception>
    internal static void CheckRole(string name)
    {
        CheckIdentifier(name);
        if (name is "public" or "none")
        {
            throw PgErrors.RoleNameInvalid(name, "it is reserved");
        }

        if (IsPredefined(name))
        {
            throw PgErrors.RoleNameInvalid(name, "names that begin with pg_ are reserved");
        }
    }
}
