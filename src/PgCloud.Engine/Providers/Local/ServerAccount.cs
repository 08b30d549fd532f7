// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Runtime.InteropServices;
using PgCloud.Engine.Machine;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Local;

/// <summary>
///   The account a server runs under. PostgreSQL refuses to run as root; then the programs are started under an unprivileged account, and
///   the files they need belong to it.
/// </summary>
internal sealed partial class ServerAccount
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    private readonly uint _user;
    private readonly uint _group;

    private ServerAccount(string name, uint user, uint group)
    {
        Name = name;
        _user = user;
        _group = group;
    }

    /// <summary>Whether this process runs as root.</summary>
    internal static bool IsRoot => !OperatingSystem.IsWindows() && GetEffectiveUser() == 0;

    /// <summary>The account's name.</summary>
    internal string Name { get; }

    /// <summary>The account to use; <see langword="null"/> where this process's own will do.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Instance.NoUnprivilegedAccount</c>.</exception>
    internal static ServerAccount? Choose() => IsRoot
        ? Candidates.Select(Find).FirstOrDefault(a => a is not null) ?? throw PgErrors.NoUnprivilegedAccount()
        : null;

    /// <summary>The account of that name; <see langword="null"/> where there is none, or none is needed.</summary>
    internal static ServerAccount? Find(string? name)
    {
        if (name is null || !IsRoot)
        {
            return null;
        }

        // name:password:uid:gid:… — passwd(5)
        string[]? fields = File.ReadLines("/etc/passwd").Select(l => l.Split(':')).FirstOrDefault(f => f[0] == name && f.Length > 3);
        return fields is null
            ? null
            : new ServerAccount(name, uint.Parse(fields[2], CultureInfo.InvariantCulture), uint.Parse(fields[3], CultureInfo.InvariantCulture));
    }

    /// <summary>Gives a file or directory to the account.</summary>
    internal void Own(string path)
    {
        if (ChangeOwner(path, _user, _group) != 0)
        {
            throw new IOException($"chown {Name} {path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>The command that runs a program under the account.</summary>
    internal (string Program, IEnumerable<string> Arguments) Wrap(string program, IEnumerable<string> arguments)
    {
        string[] setpriv = [$"--reuid={_user}", $"--regid={_group}", "--init-groups", "--", program];
        return ProgramPlaces.OnPath("setpriv") is { } found
            ? (found, setpriv.Concat(arguments))
            : (ProgramPlaces.OnPath("runuser") ?? "runuser", new[] { "-u", Name, "--", program }.Concat(arguments));
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
