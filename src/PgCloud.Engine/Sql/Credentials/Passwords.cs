// SPDX-License-Identifier: MIT

using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;

namespace PgCloud.Engine.Sql.Credentials;

/// <summary>Makes passwords, and takes them out of a SecureString for as short a time as possible.</summary>
internal static class Passwords
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 32;

    /// <summary>
    ///   A password of 32 letters and digits: 190 bits, and nothing that a shell, a URI or a connection string would have to escape.
    /// </summary>
    internal static SecureString Generate()
    {
        Span<char> characters = stackalloc char[Length];
        for (int i = 0; i < characters.Length; i++)
        {
            characters[i] = Alphabet[RandomNumberGenerator.GetInt32(Alphabet.Length)];
        }

        SecureString password = FromCharacters(characters);
        characters.Clear();
        return password;
    }

    /// <summary>A SecureString of these characters, which the caller clears.</summary>
    internal static SecureString FromCharacters(ReadOnlySpan<char> characters)
    {
        var password = new SecureString();
        foreach (char character in characters)
        {
            password.AppendChar(character);
        }

        password.MakeReadOnly();
        return password;
    }

    /// <summary>Hands the characters to <paramref name="use"/> and overwrites them afterwards, whatever happens.</summary>
    internal static T Use<T>(SecureString password, Func<char[], T> use)
    {
        char[] characters = GC.AllocateUninitializedArray<char>(password.Length, pinned: true);
        IntPtr copy = Marshal.SecureStringToGlobalAllocUnicode(password);
        try
        {
            Marshal.Copy(copy, characters, 0, characters.Length);
            return use(characters);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(copy);
            Array.Clear(characters);
        }
    }

    /// <summary>
    ///   The password as the string that Npgsql asks for. It cannot be overwritten: call it at the moment of the login and keep nothing.
    /// </summary>
    internal static string ForLogin(SecureString password) =>
        // Npgsql does the NFKC step of SASLprep and no other; it gets the text with all steps done, as libpq would use it.
        Use(password, static characters => new string(SaslPrep.Prepare(characters)));
}
