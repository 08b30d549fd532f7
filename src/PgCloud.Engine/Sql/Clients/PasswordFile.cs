// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Security;
using System.Text;
using PgCloud.Contracts;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Clients;

/// <summary>
///   libpq's password file: lines of <c>host:port:database:user:password</c>, of which the first that fits counts. Kept as bytes, which are
///   cleared after use.
/// </summary>
internal static class PasswordFile
{
    /// <summary>The line for a connection's user, for all databases of its server.</summary>
    internal static byte[] LineOf(SqlTarget target, SecureString password)
    {
        string fields = $"{Escaped(target.HostName)}:{target.Port.ToString(CultureInfo.InvariantCulture)}:*:{Escaped(target.UserName)}:";
        return Passwords.Use(password, characters =>
        {
            if (characters.AsSpan().IndexOfAny('\r', '\n') >= 0)
            {
                throw PgErrors.PasswordNotStorable(target.ToString());
            }

            byte[] head = Encoding.UTF8.GetBytes(fields);
            int escapes = characters.Count(c => c is ':' or '\\');
            byte[] line = new byte[head.Length + Encoding.UTF8.GetByteCount(characters) + escapes + 1];
            head.CopyTo(line, 0);
            int at = head.Length;
            byte[] plain = Encoding.UTF8.GetBytes(characters);
            foreach (byte value in plain)
            {
                if (value is (byte)':' or (byte)'\\')
                {
                    line[at++] = (byte)'\\';
                }

                line[at++] = value;
            }

            line[at] = (byte)'\n';
            Array.Clear(plain);
            return line;
        });
    }

    /// <summary>The file with that line in the place of the one for the same server and user, and before any other that would hide it.</summary>
    internal static byte[] With(byte[] file, SqlTarget target, byte[] line)
    {
        var kept = new MemoryStream(file.Length + line.Length + 1);
        string[] ours = [target.HostName, target.Port.ToString(CultureInfo.InvariantCulture), "*", target.UserName];
        bool isWritten = false;
        foreach (ArraySegment<byte> present in Lines(file))
        {
            string[]? fields = Fields(present);
            if (!isWritten && fields is not null && Enumerable.Range(0, ours.Length).All(i => i == 2 || fields[i] == "*" || fields[i] == ours[i]))
            {
                kept.Write(line);
                isWritten = true;
            }

            if (fields is null || !fields.SequenceEqual(ours))
            {
                kept.Write(present);
                if (present[^1] != (byte)'\n')
                {
                    kept.WriteByte((byte)'\n');
                }
            }
        }

        if (!isWritten)
        {
            kept.Write(line);
        }

        byte[] all = kept.ToArray();
        Array.Clear(kept.GetBuffer());
        return all;
    }

    private static IEnumerable<ArraySegment<byte>> Lines(byte[] file)
    {
        for (int begin = 0; begin < file.Length;)
        {
            int end = Array.IndexOf(file, (byte)'\n', begin);
            end = end < 0 ? file.Length : end + 1;
            yield return new ArraySegment<byte>(file, begin, end - begin);
            begin = end;
        }
    }

    // The four before the password, unescaped; null for a comment and what is no such line.
    private static string[]? Fields(ArraySegment<byte> line)
    {
        var fields = new List<string>(4);
        var field = new List<byte>();
        for (int i = 0; i < line.Count && fields.Count < 4; i++)
        {
            if (line[i] == (byte)'\\' && i + 1 < line.Count)
            {
                field.Add(line[++i]);
            }
            else if (line[i] == (byte)':')
            {
                fields.Add(Encoding.UTF8.GetString(field.ToArray()));
                field.Clear();
            }
            else
            {
                field.Add(line[i]);
            }
        }

        return fields.Count == 4 && line[0] != (byte)'#' ? [.. fields] : null;
    }

    private static string Escaped(string field) =>
        field.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);
}
