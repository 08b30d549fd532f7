// SPDX-License-Identifier: MIT

using System.Text;

namespace PgCloud.Engine.Sql.Credentials;

/// <summary>
///   SASLprep (RFC 4013) as PostgreSQL and libpq do it (src/common/saslprep.c): a password that SASLprep prohibits is used as it is,
///   since older servers let users have such passwords.
/// </summary>
internal static class SaslPrep
{
    /// <summary>The password as SCRAM hashes it, in a buffer of its own that the caller clears.</summary>
    internal static char[] Prepare(ReadOnlySpan<char> password) =>
        Ascii.IsValid(password) ? password.ToArray() : TryPrepare(password) ?? password.ToArray();

    /// <summary>Whether the password is not a Unicode text at all.</summary>
    internal static bool HasLoneSurrogate(ReadOnlySpan<char> password)
    {
        while (!password.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(password, out _, out int consumed) != System.Buffers.OperationStatus.Done)
            {
                return true;
            }

            password = password[consumed..];
        }

        return false;
    }

    /// <summary>
    ///   Whether clients would disagree about the password: libpq uses a prohibited one as it is, while Npgsql normalises every one.
    /// </summary>
    internal static bool IsAmbiguous(ReadOnlySpan<char> password)
    {
        if (Ascii.IsValid(password))
        {
            return false;
        }

        char[]? prepared = TryPrepare(password);
        if (prepared is not null)
        {
            Array.Clear(prepared);
            return false;
        }

        return !password.ToString().IsNormalized(NormalizationForm.FormKC);
    }

    private static char[]? TryPrepare(ReadOnlySpan<char> password)
    {
        if (HasLoneSurrogate(password))
        {
            return null;
        }

        // Normalising goes through strings that cannot be overwritten; only passwords beyond ASCII come this way.
        string normalised = Map(password).Normalize(NormalizationForm.FormKC);
        return normalised.Length == 0 || IsProhibited(normalised) ? null : normalised.ToCharArray();
    }

    private static string Map(ReadOnlySpan<char> password)
    {
        var mapped = new StringBuilder(password.Length);
        foreach (Rune rune in password.EnumerateRunes())
        {
            if (IsIn(SaslPrepTables.Spaces, rune))
            {
                mapped.Append(' ');
            }
            else if (!IsIn(SaslPrepTables.Nothing, rune))
            {
                mapped.Append(rune.ToString());
            }
        }

        return mapped.ToString();
    }

    private static bool IsProhibited(string text)
    {
        bool hasRightToLeft = false;
        bool hasLeftToRight = false;
        bool firstIsRightToLeft = false;
        bool lastIsRightToLeft = false;
        bool isFirst = true;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsIn(SaslPrepTables.Prohibited, rune) || IsIn(SaslPrepTables.Unassigned, rune))
            {
                return true;
            }

            lastIsRightToLeft = IsIn(SaslPrepTables.RightToLeft, rune);
            firstIsRightToLeft = isFirst ? lastIsRightToLeft : firstIsRightToLeft;
            hasRightToLeft |= lastIsRightToLeft;
            hasLeftToRight |= IsIn(SaslPrepTables.LeftToRight, rune);
            isFirst = false;
        }

        // RFC 3454, section 6: a text with right-to-left characters has no others with a direction, and begins and ends with one.
        return hasRightToLeft && (hasLeftToRight || !firstIsRightToLeft || !lastIsRightToLeft);
    }

    private static bool IsIn(ReadOnlySpan<int> ranges, Rune rune)
    {
        // The ranges ascend and do not overlap, so first and last code points together are one sorted list: an exact hit is inside, and
        // between two entries the place tells whether a range is open there.
        int place = ranges.BinarySearch(rune.Value);
        return place >= 0 || (~place & 1) == 1;
    }
}
