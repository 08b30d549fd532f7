// SPDX-License-Identifier: MIT

using PgCloud.Engine.Machine;

namespace PgCloud.Engine.Providers.Local;

/// <summary>Files that a server reads.</summary>
internal static class ServerFile
{
    /// <summary>Replaces a file whole or not at all. Only the account under which the server runs can read it.</summary>
    internal static void Write(string path, byte[] content, ServerAccount? account) =>
        AtomicFile.Write(path, content, account is null ? null : account.Own);
}
