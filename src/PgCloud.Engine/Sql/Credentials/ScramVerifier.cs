// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Credentials;

/// <summary>
///   Computes what PostgreSQL stores of a password, so that the password itself never leaves this process
///   (RFC 5802 section 3 with SHA-256, RFC 7677; PostgreSQL's src/common/scram-common.c).
/// </summary>
internal static class ScramVerifier
{
    /// <summary>PostgreSQL's own defaults (SCRAM_SHA_256_DEFAULT_ITERATIONS, SCRAM_DEFAULT_SALT_LEN).</summary>
    internal const int Iterations = 4096;
    private const int SaltBytes = 16;
    private const int KeyBytes = 32;

    /// <summary>The verifier with a fresh salt, as <c>ALTER ROLE … PASSWORD</c> takes it.</summary>
    /// <param name="userName">Whose password it is, for the error.</param>
    /// <param name="password">The password.</param>
    /// <param name="iterations">How often to hash; PostgreSQL's default unless the server says otherwise.</param>
    /// <exception cref="PgCloudException"><c>PgCloud.User.PasswordInvalid</c>.</exception>
    internal static string Create(string userName, SecureString password, int iterations = Iterations) => Passwords.Use(password, characters =>
    {
        Check(userName, characters);
        return Create(characters, RandomNumberGenerator.GetBytes(SaltBytes), iterations);
    });

    /// <summary>The verifier for a given salt.</summary>
    internal static string Create(ReadOnlySpan<char> password, ReadOnlySpan<byte> salt, int iterations)
    {
        Span<byte> saltedPassword = stackalloc byte[KeyBytes];
        Span<byte> clientKey = stackalloc byte[KeyBytes];
        Span<byte> storedKey = stackalloc byte[KeyBytes];
        Span<byte> serverKey = stackalloc byte[KeyBytes];
        char[] prepared = SaslPrep.Prepare(password);
        byte[] bytes = Encoding.UTF8.GetBytes(prepared);
        try
        {
            Rfc2898DeriveBytes.Pbkdf2(bytes, salt, saltedPassword, iterations, HashAlgorithmName.SHA256);
            HMACSHA256.HashData(saltedPassword, "Client Key"u8, clientKey);
            SHA256.HashData(clientKey, storedKey);
            HMACSHA256.HashData(saltedPassword, "Server Key"u8, serverKey);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"SCRAM-SHA-256${iterations}:{Convert.ToBase64String(salt)}"
                + $"${Convert.ToBase64String(storedKey)}:{Convert.ToBase64String(serverKey)}");
        }
        finally
        {
            Array.Clear(prepared);
            Array.Clear(bytes);
            saltedPassword.Clear();
            clientKey.Clear();
        }
    }

    private static void Check(string userName, char[] password)
    {
        if (password.Length == 0)
        {
            // PostgreSQL would store no password at all, with no more than a notice.
            throw PgErrors.PasswordInvalid(userName, "it is empty");
        }

        if (Array.IndexOf(password, '\0') >= 0)
        {
            throw PgErrors.PasswordInvalid(userName, "it contains NUL");
        }

        if (SaslPrep.HasLoneSurrogate(password))
        {
            throw PgErrors.PasswordInvalid(userName, "it contains half of a surrogate pair");
        }

        if (SaslPrep.IsAmbiguous(password))
        {
            throw PgErrors.PasswordInvalid(
                userName,
                "it mixes characters that SASLprep does not know with characters that it would change, and clients differ in what they make "
                + "of that");
        }
    }
}
