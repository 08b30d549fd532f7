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

    /// <summary>Refuses what cannot be the name of a role that exists.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Role.NameInvalid</c>.</exception>
    internal static void CheckIdentifier(string name)
    {
        if (name.Length == 0)
        {
            throw PgErrors.RoleNameInvalid(name, "it is empty");
        }

        if (name.Contains('\0', StringComparison.Ordinal))
        {
            throw PgErrors.RoleNameInvalid(name, "it contains NUL");
        }

        int bytes;
        try
        {
            bytes = Strict.GetByteCount(name);
        }
        catch (EncoderFallbackException)
        {
            throw PgErrors.RoleNameInvalid(name, "it contains half of a surrogate pair");
        }

        if (bytes > MaxBytes)
        {
            throw PgErrors.RoleNameInvalid(name, $"it has {bytes} bytes in UTF-8");
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
